-- Called by private.retry_deliveries.

create function private.retry_salon(salon uuid, batch integer)
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
  -- Otherwise the bookings of a salon that is passed over would stay locked during the next turn.
  if not private.try_lock_salon(salon) then
    return 0;
  end if;
  for due in select d.id from private.due_deliveries(salon, batch) d loop
    tried := tried + private.retry_delivery(due.id)::integer;
    exit when clock_timestamp() > deadline;
  end loop;
  return tried;
end;
$$;
revoke all on function private.retry_salon(uuid, integer) from public, anon, authenticated;
comment on function private.retry_salon(uuid, integer) is
  'Retries deliveries of a salon, or of none, that are due: at most a batch, for at most two '
  'seconds. Returns how many were tried; 0 while a batch of the salon runs.';
