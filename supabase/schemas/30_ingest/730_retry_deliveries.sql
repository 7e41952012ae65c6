-- Retries deliveries that are due. Called by pg_cron.

create function private.retry_deliveries(batch integer default 50)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  -- Whoever books at one of these salons waits until the transaction ends.
  time_is_up timestamptz := clock_timestamp() + interval '2 seconds';
  delivery public.webhook_logs;
  tried integer := 0;
begin
  if not pg_try_advisory_xact_lock(hashtextextended('retry', 0)) then
    return 0;
  end if;
  for delivery in
    select locked.* from private.lock_deliveries(array(
      select l.id from public.webhook_logs l
      where l.status <> 'success' and l.next_attempt_at <= now() and l.booking is not null
      order by l.next_attempt_at
      limit batch
    )) as locked
  loop
    -- One that was tried before may have brought this one along, or somebody else did meanwhile.
    continue when not exists (
      select from public.webhook_logs l
      where l.id = delivery.id and l.status <> 'success' and l.next_attempt_at <= now());
    perform private.process_delivery(delivery);
    tried := tried + 1;
    exit when clock_timestamp() > time_is_up;
  end loop;
  return tried;
end;
$$;
revoke all on function private.retry_deliveries(integer) from public, anon, authenticated;
comment on function private.retry_deliveries(integer) is
  'Called by pg_cron: tries again what is due, the longest due first, for two seconds at most. '
  'Returns how many were tried; 0 also when another run is at it. The job calls it until nothing '
  'is due, each time in a transaction of its own, because salons stay locked until its end.';
