-- Called by private.write_appointment for erased appointments.

create function private.erase_deliveries(appointment public.calendar_events)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.webhook_logs l
  set booking = private.redact_booking(
      l.booking, l.seat_id, appointment.attendee_email, appointment.attendee_phone),
    payload = private.redacted_payload('erasure'), redacted_at = coalesce(l.redacted_at, now()),
    erased_at = now()
  where (l.booking_uid, l.seat_id) in (
      select u.booking_uid, u.seat_id
      from public.calendar_event_uids u where u.event_id = appointment.id)
    and (l.salon_id = appointment.salon_id
      or l.salon_id is null and private.find_salon(l.booking) = appointment.salon_id)
    and l.erased_at is null;
  if appointment.seat_id is null then
    return;
  end if;
  update public.webhook_logs l
  set booking = private.redact_slot_booking(l.booking, appointment),
    payload = private.redacted_payload('erasure'), redacted_at = coalesce(l.redacted_at, now())
  where l.seat_id = '' and l.booking_uid in (
      select u.booking_uid from public.calendar_event_uids u where u.event_id = appointment.id)
    and (l.salon_id = appointment.salon_id
      or l.salon_id is null and private.find_salon(l.booking) = appointment.salon_id)
    and l.booking is not null
    and (l.redacted_at is null
      or private.matching_attendee(
        l.booking, appointment.attendee_email, appointment.attendee_phone) is not null);
end;
$$;
revoke all on function private.erase_deliveries(public.calendar_events)
  from public, anon, authenticated;
grant execute on function private.erase_deliveries(public.calendar_events) to service_role;
comment on function private.erase_deliveries(public.calendar_events) is
  'Removes the person from all deliveries of an erased appointment that still name them: at the '
  'erasure, and whenever another delivery arrives. Deliveries that are deferred for another salon '
  'stay.';
