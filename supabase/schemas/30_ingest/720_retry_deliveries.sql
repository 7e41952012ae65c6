-- Retries deliveries that are due. Called by pg_cron.

create function private.retry_deliveries(
  after uuid default null, batch integer default 50, out salon uuid, out tried integer
)
language plpgsql
set search_path = ''
as $$
declare
  -- Those of no salon come last, and then the first salon again.
  is_last_round boolean := after is null;
begin
  tried := 0;
  if not pg_try_advisory_xact_lock(private.lock_key('retry', '')) then
    return;
  end if;
  salon := after;
  loop
    salon := private.next_due_salon(salon);
    tried := private.retry_salon(salon, batch);
    exit when tried > 0 or salon is null and is_last_round;
    is_last_round := is_last_round or salon is null;
  end loop;
end;
$$;
revoke all on function private.retry_deliveries(uuid, integer) from public, anon, authenticated;
comment on function private.retry_deliveries(uuid, integer) is
  'Called by pg_cron: retries due deliveries of the next salon, or of none, that has any which '
  'nobody is writing. after: the salon whose turn it was. Returns the salon and how many were '
  'tried; 0 if nothing is left to try, or if another run is active. The job repeats the call, each '
  'in its own transaction, so that a salon whose deliveries take long keeps no booking of another '
  'locked.';
