-- Closes appointments of which Cal.com never says how they ended. Called by pg_cron.

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
    -- Cal.com says something of it this moment: the next run will see.
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
  'Called by pg_cron: appointments that were over a grace ago, and of which Cal.com never said so, are '
  'completed, the oldest first, at most a batch. Returns how many; the job calls it until none is '
  'left, each time in a transaction of its own.';
