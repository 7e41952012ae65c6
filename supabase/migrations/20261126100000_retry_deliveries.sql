-- What failed is tried again, later and later, and in the end is a dead letter.
-- Objects: index webhook_logs_due_idx; action dead of webhook_logs; private.retry_delay,
-- private.max_attempts, private.lock_deliveries, private.retry_deliveries,
-- private.wake_waiting_deliveries with its trigger; a new body for private.process_delivery.
-- Destructive: no. Undo: drop the trigger, the functions and the index, restore process_delivery
-- from 20261123090600.

alter table public.webhook_logs
  drop constraint webhook_logs_action_is_valid,
  add constraint webhook_logs_action_is_valid check (action in
    ('applied', 'stale', 'deferred', 'dead', 'ignored', 'invalid'));
create index webhook_logs_due_idx on public.webhook_logs (next_attempt_at)
  where status <> 'success' and next_attempt_at is not null;

comment on column public.webhook_logs.action is
  'applied: the visit changed. stale: newer or repeated news left nothing to change. deferred: '
  'kept, and tried again at next_attempt_at. dead: tried often enough; applied when its booking or '
  'salon appears, or by replay_delivery. ignored: a trigger that moves no visit. invalid: unusable '
  'body.';
comment on column public.webhook_logs.attempts is 'How often it was tried to apply it.';
comment on column public.webhook_logs.next_attempt_at is
  'From when on private.retry_deliveries tries again; null: not by itself.';

create function private.max_attempts()
returns integer
language sql
immutable
set search_path = ''
as $$
  select 20;
$$;
revoke all on function private.max_attempts() from public, anon, authenticated;
grant execute on function private.max_attempts() to service_role;
comment on function private.max_attempts() is
  'After so many attempts, which with private.retry_delay take about three days, so that a broken '
  'weekend costs nothing, a delivery is a dead letter.';

create function private.retry_delay(attempts integer, dice double precision default random())
returns interval
language sql
volatile
set search_path = ''
as $$
  -- Jitter, so that those who failed together do not come back together.
  select least(interval '1 minute' * 2 ^ least(attempts - 1, 20), interval '6 hours')
    * (0.75 + 0.5 * dice);
$$;
revoke all on function private.retry_delay(integer, double precision)
  from public, anon, authenticated;
grant execute on function private.retry_delay(integer, double precision) to service_role;
comment on function private.retry_delay(integer, double precision) is
  'How long to wait after so many failed attempts: one minute, twice as long each time, six hours '
  'at most, a quarter more or less. dice: for tests.';

create or replace function private.process_delivery(
  delivery public.webhook_logs, out action text, out event_id uuid, out reason text
)
language plpgsql
set search_path = ''
as $$
<<fn>>
declare
  started_at timestamptz := clock_timestamp();
  salon uuid;
  warnings text[];
  failure text;
  rule text;
  is_last boolean;
begin
  -- So that nothing it brings along tries it again.
  update public.webhook_logs l set status = 'success'
  where l.id = delivery.id and l.status <> 'success';
  -- In a sub-transaction, so that whatever goes wrong the delivery and its reason stay.
  begin
    select r.action, r.event_id, r.reason, r.salon, r.warnings
    into action, event_id, reason, fn.salon, fn.warnings
    from private.apply_booking(delivery) r;
  exception
    when others then
      -- The code and the rule, never the message: it quotes personal data.
      get stacked diagnostics failure = returned_sqlstate, rule = constraint_name;
      action := 'deferred';
      reason := 'apply_failed';
  end;
  is_last := reason is not null and delivery.attempts + 1 >= private.max_attempts();

  update public.webhook_logs l
  set action = case when is_last then 'dead' else process_delivery.action end,
    salon_id = coalesce(salon, l.salon_id),
    status = case
      when reason is null then 'success'
      when reason = 'booking_unknown' and not is_last then 'processing'
      else 'error'
    end,
    error_message = case reason
      when 'booking_unknown' then 'Waits for the booking it belongs to, which has not arrived yet.'
      when 'salon_not_found' then 'Failed to find salon: no salon has the Cal.com username '
        || coalesce('"' || (l.booking ->> 'organizerUsername') || '"', '(none sent)')
        || ', and the metadata names no known client or pet. Set salons.cal_com_username.'
      when 'other_salon' then 'Failed to create event: this booking belongs to another salon. '
        'Check which salon has the host''s Cal.com username.'
      when 'apply_failed' then 'Failed to create event: SQLSTATE ' || failure
        || coalesce(' at ' || nullif(rule, ''), '')
        || '. Check the permissions of service_role and the row the delivery is about.'
    end || case when is_last then ' Given up after ' || delivery.attempts + 1
      || ' attempts. When the cause is gone: select * from replay_delivery(''' || l.id || ''');'
      else '' end,
    warnings = coalesce(fn.warnings, l.warnings),
    attempts = l.attempts + 1,
    next_attempt_at = case when reason is not null and not is_last
      then clock_timestamp() + private.retry_delay(delivery.attempts + 1) end,
    processed_at = clock_timestamp(),
    -- With the wait for locks when it has just arrived, without the others of a batch later on.
    duration_ms = extract(epoch from clock_timestamp()
      - case when l.created_at = now() then now() else started_at end) * 1000
  where l.id = delivery.id;
end;
$$;

create function private.lock_deliveries(ids uuid[])
returns setof public.webhook_logs
language plpgsql
set search_path = ''
as $$
begin
  perform private.lock_bookings(variadic array(
    select l.booking from public.webhook_logs l where l.id = any (ids) and l.booking is not null));
  perform pg_advisory_xact_lock(hashtextextended('salon ' || salons.id, 0))
  from (
    select distinct coalesce(l.salon_id, private.find_salon(l.booking))::text as id
    from public.webhook_logs l
    where l.id = any (ids)
    order by 1
  ) salons
  where salons.id is not null;
  return query
  select l.* from public.webhook_logs l
  where l.id = any (ids)
  order by l.created_at, l.id
  for update skip locked;
end;
$$;
revoke all on function private.lock_deliveries(uuid[]) from public, anon, authenticated;
comment on function private.lock_deliveries(uuid[]) is
  'Several deliveries as they are once nobody else can change what they are about: bookings first, '
  'then salons, in the order of private.lock_bookings, and only then the rows, since whoever has a '
  'salon''s lock may want one of them.';

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

create function private.wake_waiting_deliveries()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  update public.webhook_logs l
  set next_attempt_at = now()
  where l.salon_id is null and l.status = 'error' and l.booking is not null
    and lower(l.booking ->> 'organizerUsername') = lower(new.cal_com_username);
  return null;
end;
$$;
revoke all on function private.wake_waiting_deliveries() from public, anon, authenticated;
comment on function private.wake_waiting_deliveries() is
  'Trigger: what apply_waiting_deliveries, which runs before it, left over, dead letters included, '
  'is due for private.retry_deliveries.';
create trigger wake_waiting_deliveries
  after insert or update of cal_com_username on public.salons
  for each row when (new.cal_com_username is not null)
  execute function private.wake_waiting_deliveries();
