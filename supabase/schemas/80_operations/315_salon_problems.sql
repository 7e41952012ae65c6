-- Called when alerts are noted.

create function private.salon_problems()
returns table (salon_id uuid, code text)
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  select distinct l.salon_id, 'salon_deliveries_dead'
  from public.webhook_logs l
  where l.status <> 'success' and l.booking is not null and l.next_attempt_at is null
    and l.salon_id is not null and l.processed_at > now() - interval '1 day'
  union all
  select s.id, 'salon_deliveries_silent' from private.silent_salons() as s (id);
end;
$$;
revoke all on function private.salon_problems() from public, anon, authenticated;
comment on function private.salon_problems() is
  'What is wrong with single salons. salon_deliveries_dead: a delivery was given up within the last '
  'day, for whatever reason. salon_deliveries_silent: see private.silent_salons.';
