-- Called by erase_client and export_client.

create function private.appointment_deliveries(client public.clients, appointments uuid[])
returns table (log_id uuid, is_mention boolean)
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  select l.id, false
  from public.calendar_event_uids u
  join public.webhook_logs l on l.booking_uid = u.booking_uid and l.seat_id = u.seat_id
  where u.event_id = any (appointments)
    and (l.salon_id = client.salon_id
      or l.salon_id is null and private.find_salon(l.booking) = client.salon_id)
  union
  -- A delivery about a whole slot is not about one appointment, even if the client has all seats.
  select l.id, true
  from public.calendar_event_uids u
  join public.calendar_events e on e.id = u.event_id
  join public.webhook_logs l on l.booking_uid = u.booking_uid and l.seat_id = ''
  where u.event_id = any (appointments) and u.seat_id <> ''
    and (l.salon_id = client.salon_id
      or l.salon_id is null and private.find_salon(l.booking) = client.salon_id)
    and private.matching_attendee(l.booking, e.attendee_email, e.attendee_phone) is not null;
end;
$$;
revoke all on function private.appointment_deliveries(public.clients, uuid[])
  from public, anon, authenticated;
comment on function private.appointment_deliveries(public.clients, uuid[]) is
  'The deliveries from which appointments of a client are computed. is_mention: the delivery is '
  'about appointments of others as well.';
