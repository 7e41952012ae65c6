-- Called by sync_bookings for each snapshot.

create function private.sync_booking(
  salon uuid, booking jsonb, payload jsonb, out action public.snapshot_action, out reason text
)
language plpgsql
set search_path = ''
as $$
declare
  slot text;
  result record;
begin
  action := 'unchanged';
  -- Once its event type is deleted, the API lists a slot like a plain booking.
  if not (booking ->> 'seated')::boolean and exists (
    select from public.calendar_event_uids u
    where u.booking_uid = booking ->> 'uid' and u.seat_id <> '') then
    booking := booking || '{"seated": true, "wholeSlot": true}';
  end if;
  if private.has_nothing_to_sync(booking) then
    return;
  end if;
  if booking ->> 'seatId' is not null then
    slot := private.previous_slot_of_seat(
      salon, booking, (booking ->> 'occurredAt')::timestamptz);
  end if;
  if slot is not null then
    booking := booking || jsonb_build_object('rescheduleUid', slot);
    -- Waiting could deadlock, because this transaction holds other bookings.
    if not private.try_lock_booking(booking) then
      action := 'failed';
      reason := 'busy';
      return;
    end if;
  end if;
  booking := booking || jsonb_build_object('occurredAt', private.snapshot_time(booking));
  select u.* into result
  from public.upsert_calendar_event(
    p_delivery_key => private.snapshot_delivery_key(booking), p_webhook_type => 'BOOKING_SYNCED',
    p_payload => payload, p_booking => booking) u;
  if result.action not in ('duplicate', 'stale') then
    action := result.action::text::public.snapshot_action;
    reason := result.reason;
  end if;
end;
$$;
revoke all on function private.sync_booking(uuid, jsonb, jsonb) from public, anon, authenticated;
grant execute on function private.sync_booking(uuid, jsonb, jsonb) to service_role;
comment on function private.sync_booking(uuid, jsonb, jsonb) is
  'Applies one snapshot to the calendar. action: unchanged if the calendar already agrees; failed '
  'with the reason busy if the booking is being written; otherwise the action of '
  'upsert_calendar_event.';
