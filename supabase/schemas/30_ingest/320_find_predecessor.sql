-- Called by private.resolve_appointment to find the appointment that a reschedule moves.

create function private.find_predecessor(
  delivery public.webhook_logs, salon uuid, out old_uid text, out old_seat text
)
language plpgsql
stable
set search_path = ''
as $$
declare
  booking jsonb := delivery.booking;
begin
  if booking ->> 'rescheduleUid' is null or booking ->> 'rescheduleUid' = delivery.booking_uid then
    return;
  end if;
  old_uid := booking ->> 'rescheduleUid';
  if not (booking ->> 'seated')::boolean then
    old_seat := '';
    return;
  end if;
  -- A seat that moves into an existing slot keeps its seat id. One that moves to a free time gets a
  -- new id, and only the attendee identifies the old seat. A seat in a slot that its holder
  -- returned to later is not the old seat.
  if exists (
    select from public.calendar_event_uids u
    where u.booking_uid = old_uid and u.seat_id = delivery.seat_id
      and private.seat_existed_at(u.booking_uid, u.seat_id, delivery.occurred_at)
  ) then
    old_seat := delivery.seat_id;
    return;
  end if;
  old_seat := coalesce(private.seat_of_person(delivery, salon), (
    select p.seat from private.contact_seat_id(booking) as p (seat)
    where not exists (
      select from public.calendar_event_uids u
      where u.booking_uid = old_uid and u.seat_id = p.seat
        and private.has_moved_elsewhere(u, delivery))));
  if old_seat is null then
    old_uid := null;
  end if;
end;
$$;
revoke all on function private.find_predecessor(public.webhook_logs, uuid)
  from public, anon, authenticated;
grant execute on function private.find_predecessor(public.webhook_logs, uuid) to service_role;
comment on function private.find_predecessor(public.webhook_logs, uuid) is
  'The uid and seat that an appointment had before this reschedule, null if this is none. For a '
  'seat that is still unknown, an id made from the attendee, which serves as its seat placeholder: '
  'for one move at a time.';
