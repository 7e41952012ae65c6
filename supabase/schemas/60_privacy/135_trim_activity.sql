-- Removes old records of what was done. Called by pg_cron.

create function private.trim_activity(kept_days integer default 90, batch integer default 10000)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  trimmed integer;
begin
  delete from public.salon_activity a
  using (
    select o.id from public.salon_activity o
    where o.created_at < now() - make_interval(days => kept_days)
    order by o.created_at
    limit batch
    -- Waiting could deadlock with an erasure.
    for update skip locked
  ) old
  where a.id = old.id;
  get diagnostics trimmed = row_count;
  return trimmed;
end;
$$;
revoke all on function private.trim_activity(integer, integer) from public, anon, authenticated;
comment on function private.trim_activity(integer, integer) is
  'Called by pg_cron: deletes records of salon_activity that are older than kept_days, oldest '
  'first, at most one batch. One that is being written is left for the next day. Returns how many.';
