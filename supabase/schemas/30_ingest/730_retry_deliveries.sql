-- Retries deliveries that are due. Called by pg_cron.

create function private.retry_deliveries(batch integer default 50)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  -- Deliveries of the same salons wait until this transaction ends.
  deadline timestamptz := clock_timestamp() + interval '2 seconds';
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
    -- Another delivery of this batch, or another transaction, may have applied this one already.
    continue when not exists (
      select from public.webhook_logs l
      where l.id = delivery.id and l.status <> 'success' and l.next_attempt_at <= now());
    perform private.process_delivery(delivery);
    tried := tried + 1;
    exit when clock_timestamp() > deadline;
  end loop;
  return tried;
end;
$$;
revoke all on function private.retry_deliveries(integer) from public, anon, authenticated;
comment on function private.retry_deliveries(integer) is
  'Called by pg_cron: retries deliveries that are due, the longest overdue first, for at most two '
  'seconds. Returns how many were tried; 0 also if another run is active. The job repeats the call '
  'until nothing is due, each in its own transaction, because salons stay locked until its end.';
