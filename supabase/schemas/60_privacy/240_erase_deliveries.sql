-- Called by private.refold_event for erased appointments.

create function private.erase_deliveries(visit public.calendar_events)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.webhook_logs l
  set booking = private.without_person(
      l.booking, l.cal_com_event_id, visit.attendee_email, visit.attendee_phone),
    payload = private.blanked('erasure'), blanked_at = coalesce(l.blanked_at, now()),
    erased_at = now()
  where l.cal_com_event_id in (
      select u.cal_com_event_id from public.calendar_event_uids u where u.event_id = visit.id)
    and (l.salon_id = visit.salon_id
      or l.salon_id is null and private.find_salon(l.booking) = visit.salon_id)
    and l.erased_at is null;
  if position('#' in visit.cal_com_event_id) = 0 then
    return;
  end if;
  update public.webhook_logs l
  set booking = private.without_seat(l.booking, visit),
    payload = private.blanked('erasure'), blanked_at = coalesce(l.blanked_at, now())
  where l.cal_com_event_id in (
      select u.booking_uid from public.calendar_event_uids u where u.event_id = visit.id)
    and (l.salon_id = visit.salon_id
      or l.salon_id is null and private.find_salon(l.booking) = visit.salon_id)
    and l.booking is not null
    and (l.blanked_at is null
      or private.names_attendee(l.booking, visit.attendee_email, visit.attendee_phone) is not null);
end;
$$;
revoke all on function private.erase_deliveries(public.calendar_events)
  from public, anon, authenticated;
grant execute on function private.erase_deliveries(public.calendar_events) to service_role;
comment on function private.erase_deliveries(public.calendar_events) is
  'Takes the person out of all deliveries of an erased visit that still name them: at the erasure, '
  'and whenever one more arrives. Not out of one that waits for another salon.';
