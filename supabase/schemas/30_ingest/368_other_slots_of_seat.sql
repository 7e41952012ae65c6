-- Called by private.resolve_appointment for webhooks; for snapshots see
-- private.previous_slot_of_seat.

create function private.other_slots_of_seat(delivery public.webhook_logs, salon uuid)
returns text[]
language plpgsql
set search_path = ''
as $$
declare
  slots text[];
begin
  if delivery.booking ->> 'seatId' is null or delivery.webhook_type = 'BOOKING_SYNCED' or exists (
    select from public.calendar_event_uids u
    where u.booking_uid = delivery.booking_uid and u.seat_id = delivery.seat_id) then
    return '{}'::text[];
  end if;
  slots := array(
    select u.booking_uid
    from public.calendar_event_uids u
    join public.calendar_events e on e.id = u.event_id and e.salon_id = salon
    where u.seat_id = delivery.seat_id and u.seat_id <> ''
    order by u.booking_uid);
  -- Waiting could deadlock, because this transaction holds other bookings.
  if exists (
    select from unnest(slots) as s (uid)
    where not pg_try_advisory_xact_lock(private.lock_key('booking', s.uid))) then
    raise exception 'The seat is being written' using errcode = 'lock_not_available';
  end if;
  return slots;
end;
$$;
revoke all on function private.other_slots_of_seat(public.webhook_logs, uuid)
  from public, anon, authenticated;
grant execute on function private.other_slots_of_seat(public.webhook_logs, uuid) to service_role;
comment on function private.other_slots_of_seat(public.webhook_logs, uuid) is
  'The slots in which a seat is known, when it is first heard of in one more: a seat that moves into '
  'an existing slot keeps its id, and the delivery that says so may be lost, or come later. They '
  'are locked. Empty for a seat without an id of Cal.com.';
