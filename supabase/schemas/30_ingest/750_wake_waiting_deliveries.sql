-- Makes the remaining ones due for a retry. Trigger on salons, after apply_waiting_deliveries:
-- triggers of one event run in the order of their names.

create function private.wake_waiting_deliveries()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  update public.webhook_logs l
  set next_attempt_at = now()
  where l.salon_id is null and l.status = 'error' and l.booking is not null
    and lower(l.booking ->> 'organizerUsername') = lower(new.cal_com_username);
  return null;
end;
$$;
revoke all on function private.wake_waiting_deliveries() from public, anon, authenticated;
comment on function private.wake_waiting_deliveries() is
  'Trigger: what apply_waiting_deliveries, which runs before it, left over, dead letters included, '
  'is due for private.retry_deliveries.';

create trigger wake_waiting_deliveries
  after insert or update of cal_com_username on public.salons
  for each row when (new.cal_com_username is not null)
  execute function private.wake_waiting_deliveries();
