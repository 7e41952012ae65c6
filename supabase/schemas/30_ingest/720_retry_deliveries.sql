-- Retries deliveries that are due. Called by pg_cron.

create function private.retry_deliveries(batch integer default 50)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  -- The bookings of the batch stay locked until this transaction ends.
  deadline timestamptz := clock_timestamp() + interval '2 seconds';
  due record;
  tried integer := 0;
begin
  if not pg_try_advisory_xact_lock(hashtextextended('retry', 0)) then
    return 0;
  end if;
  for due in select d.id from private.due_deliveries(batch) d loop
    tried := tried + private.retry_delivery(due.id)::integer;
    exit when clock_timestamp() > deadline;
  end loop;
  return tried;
end;
$$;
revoke all on function private.retry_deliveries(integer) from public, anon, authenticated;
comment on function private.retry_deliveries(integer) is
  'Called by pg_cron: retries deliveries that are due, one of each salon before the second of '
  'any, for at most two seconds. Returns how many were tried; 0 also if another run is active. '
  'The job repeats the call until nothing is due, each in its own transaction, because bookings '
  'stay locked until its end.';
