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
      -- What was over when it was adopted stays as BarkBook left it.
      and (o.fold_state is not null or o.end_time > (
        select min(u.created_at) from public.calendar_event_uids u where u.event_id = o.id))
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
  'first, at most one batch. Appointments of BarkBook that were over before this schema knew them '
  'are left alone. Returns how many. The job repeats the call until none is left, each in its own '
  'transaction.';
