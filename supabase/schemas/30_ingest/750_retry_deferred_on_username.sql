-- Makes the remaining deliveries due for a retry. Trigger on salons, after
-- apply_deferred_on_username: triggers on one event run in the order of their names.

create function private.retry_deferred_on_username()
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
revoke all on function private.retry_deferred_on_username() from public, anon, authenticated;
comment on function private.retry_deferred_on_username() is
  'Trigger: makes the deliveries that apply_deferred_on_username left over due for a retry, dead '
  'letters included.';

create trigger retry_deferred_on_username
  after insert or update of cal_com_username on public.salons
  for each row when (new.cal_com_username is not null)
  execute function private.retry_deferred_on_username();
