-- From a logged delivery to the visit it is about.
-- Objects: private.apply_waiting_bookings, private.events_of, private.apply_booking,
-- private.process_delivery.
-- Destructive: no. Undo: drop these functions.

create function private.apply_waiting_bookings(uids text[], salon uuid)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  waiting public.webhook_logs;
  applied boolean := false;
begin
  for waiting in
    select l.* from public.webhook_logs l
    where l.status <> 'success' and l.books_a_time and (l.salon_id is null or l.salon_id = salon)
      and (l.booking ->> 'uid' = any (uids) or l.booking ->> 'rescheduleUid' = any (uids))
    order by l.occurred_at
  loop
    -- One that was applied before may have brought this one along.
    continue when not exists (
      select from public.webhook_logs l where l.id = waiting.id and l.status <> 'success')
      or not private.try_lock_booking(waiting.booking);
    waiting.salon_id := salon;
    perform private.process_delivery(waiting);
    applied := true;
  end loop;
  return applied;
end;
$$;
revoke all on function private.apply_waiting_bookings(text[], uuid)
  from public, anon, authenticated;
grant execute on function private.apply_waiting_bookings(text[], uuid) to service_role;
comment on function private.apply_waiting_bookings(text[], uuid) is
  'Bookings and reschedules that could not be applied when they came, because no salon was known '
  'or something failed, get another chance as soon as one of their uids is heard of again. True '
  'if there were any.';

create function private.events_of(booking jsonb, key text, salon uuid)
returns uuid[]
language plpgsql
stable
set search_path = ''
as $$
begin
  return array(
    select distinct u.event_id
    from public.calendar_event_uids u
    join public.calendar_events e
      on e.id = u.event_id and (e.salon_id = salon or e.salon_id is null)
    where u.cal_com_event_id = key
      or key = booking ->> 'uid' and u.booking_uid in (key, booking ->> 'rescheduleUid')
  );
end;
$$;
revoke all on function private.events_of(jsonb, text, uuid) from public, anon, authenticated;
grant execute on function private.events_of(jsonb, text, uuid) to service_role;
comment on function private.events_of(jsonb, text, uuid) is
  'The visits that a delivery is about if they are known: one, or every seat of a slot.';

create function private.apply_booking(
  delivery public.webhook_logs,
  out action text, out event_id uuid, out reason text, out salon uuid, out warnings text[]
)
language plpgsql
set search_path = ''
as $$
declare
  booking jsonb := delivery.booking;
  key text := delivery.cal_com_event_id;
  events uuid[];
  changed boolean := false;
begin
  warnings := '{}';
  action := 'deferred';
  salon := coalesce(delivery.salon_id, private.find_salon(booking));
  if salon is null then
    reason := case when delivery.books_a_time
      then 'salon_not_found' else 'booking_unknown' end;
    return;
  end if;
  -- A fold reads what others of the salon may be writing (two rows that become one, a second
  -- client with the same phone), so a salon's deliveries are applied one after the other.
  perform pg_advisory_xact_lock(hashtextextended('salon ' || salon::text, 0));

  if delivery.books_a_time
    and not ((booking ->> 'seated')::boolean and key = booking ->> 'uid') then
    events := array[private.claim_event(booking, key, salon, delivery.occurred_at)];
    if events[1] is null then
      reason := 'other_salon';
      return;
    end if;
  else
    events := private.events_of(booking, key, salon);
    if cardinality(events) = 0
      and private.apply_waiting_bookings(private.uids_of(booking), salon) then
      events := private.events_of(booking, key, salon);
    end if;
    if cardinality(events) = 0 then
      reason := 'booking_unknown';
      return;
    end if;
  end if;

  foreach event_id in array events loop
    changed := private.refold_event(event_id, salon, delivery) or changed;
    perform private.settle_waiting(event_id, delivery.id);
  end loop;
  perform private.apply_waiting_bookings(array(
    select u.booking_uid from public.calendar_event_uids u where u.event_id = any (events)), salon);
  -- Of two rows that became one, the older stays.
  event_id := coalesce(
    (select u.event_id from public.calendar_event_uids u where u.cal_com_event_id = key), events[1]);
  action := case when changed then 'applied' else 'stale' end;
  -- Most bookings claim nothing and repeat nothing.
  if not delivery.books_a_time or (booking ->> 'recurring')::boolean
    or coalesce(booking ->> 'clientId', booking ->> 'petId') is not null then
    warnings := private.delivery_warnings(booking, events);
  end if;
end;
$$;
revoke all on function private.apply_booking(public.webhook_logs)
  from public, anon, authenticated;
grant execute on function private.apply_booking(public.webhook_logs) to service_role;
comment on function private.apply_booking(public.webhook_logs) is
  'Applies one logged delivery. action: applied, stale, or deferred with a reason: '
  'salon_not_found, booking_unknown, other_salon.';

create function private.process_delivery(
  delivery public.webhook_logs, out action text, out event_id uuid, out reason text
)
language plpgsql
set search_path = ''
as $$
<<fn>>
declare
  salon uuid;
  warnings text[];
  failure text;
  rule text;
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

  update public.webhook_logs l
  set action = process_delivery.action,
    salon_id = coalesce(salon, l.salon_id),
    status = case
      when reason is null then 'success'
      when reason = 'booking_unknown' then 'processing'
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
    end,
    warnings = coalesce(fn.warnings, l.warnings),
    attempts = l.attempts + 1,
    next_attempt_at = case when reason is not null
      then clock_timestamp() + interval '1 minute' * (2 ^ least(l.attempts, 10)) end,
    processed_at = clock_timestamp(),
    duration_ms = extract(epoch from clock_timestamp() - now()) * 1000
  where l.id = delivery.id;
end;
$$;
revoke all on function private.process_delivery(public.webhook_logs)
  from public, anon, authenticated;
grant execute on function private.process_delivery(public.webhook_logs) to service_role;
comment on function private.process_delivery(public.webhook_logs) is
  'Applies a logged delivery and writes down what became of it. Never raises for what is wrong '
  'with the delivery: that is reason apply_failed, with the SQLSTATE in the log.';
