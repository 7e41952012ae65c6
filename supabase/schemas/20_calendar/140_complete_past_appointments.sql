-- Completes appointments whose end Cal.com never reports. Called by pg_cron.

create function private.complete_past_appointments(
  grace interval default '12 hours', batch integer default 1000
)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  completed integer;
begin
  update public.calendar_events e
  set status = 'completed', auto_completed_at = now()
  from (
    select o.id from public.calendar_events o
    where o.status in ('scheduled', 'confirmed') and o.end_time < now() - grace
    order by o.end_time
    limit batch
    -- Skip rows that a delivery is changing; the next run completes them if necessary.
    for update skip locked
  ) over
  where e.id = over.id;
  get diagnostics completed = row_count;
  return completed;
end;
$$;
revoke all on function private.complete_past_appointments(interval, integer)
  from public, anon, authenticated;
comment on function private.complete_past_appointments(interval, integer) is
  'Called by pg_cron: completes open appointments whose end is more than the grace ago, oldest '
  'first, at most one batch. Returns how many. The job repeats the call until none is left, each '
  'in its own transaction.';
