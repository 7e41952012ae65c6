-- Called by sync_bookings for each snapshot.

create function private.sync_booking(
  salon uuid, booking jsonb, payload jsonb, out action public.snapshot_action, out reason text
)
language plpgsql
set search_path = ''
as $$
declare
  as_of timestamptz := (booking ->> 'occurredAt')::timestamptz;
  key text := private.appointment_key(booking);
  snapshot record;
  slot text;
  result record;
begin
  action := 'unchanged';
  if private.matches_snapshot(salon, booking, as_of) then
    return;
  end if;
  select k.* into snapshot from private.snapshot_delivery_key(key, booking, as_of) k;
  if booking ->> 'seatId' is not null then
    slot := private.previous_slot_of_seat(salon, booking, as_of);
  end if;
  booking := booking || jsonb_build_object(
    'occurredAt', snapshot.occurred_at,
    'rescheduleUid', coalesce(slot, booking ->> 'rescheduleUid'));
  -- Does not wait while the salon is locked: the transaction that holds the booking may be waiting
  -- for the salon.
  if slot is not null and not private.try_lock_booking(booking) then
    action := 'failed';
    reason := 'busy';
    return;
  end if;
  select u.* into result
  from public.upsert_calendar_event(
    p_delivery_key => snapshot.delivery_key, p_webhook_type => 'BOOKING_SYNCED',
    p_payload => payload, p_booking => booking) u;
  -- The fold takes the time of the first delivery for the time of booking; the snapshot has the
  -- exact one.
  update public.calendar_events e
  set created_at = (booking -> 'snapshot' ->> 'createdAt')::timestamptz
  where e.id = result.event_id and not (booking ->> 'wholeSlot')::boolean
    and e.created_at > (booking -> 'snapshot' ->> 'createdAt')::timestamptz;
  if result.action <> 'duplicate' then
    action := result.action::text::public.snapshot_action;
    reason := result.reason;
  end if;
end;
$$;
revoke all on function private.sync_booking(uuid, jsonb, jsonb) from public, anon, authenticated;
grant execute on function private.sync_booking(uuid, jsonb, jsonb) to service_role;
comment on function private.sync_booking(uuid, jsonb, jsonb) is
  'Applies one snapshot to the calendar. action: unchanged if it already agrees or cannot be '
  'improved; failed with reason busy if the booking is being written; otherwise the action of '
  'upsert_calendar_event.';
