-- Called by private.resolve_appointment.

create function private.other_slots_of_seat(
  delivery public.webhook_logs, salon uuid, old_uid text, old_seat text
)
returns text[]
language plpgsql
set search_path = ''
as $$
declare
  slots text[];
begin
  if delivery.booking ->> 'seatId' is null or exists (
    select from public.calendar_event_uids u
    where u.seat_id = delivery.seat_id and (u.booking_uid = delivery.booking_uid
      or u.booking_uid = old_uid and u.seat_id = old_seat)) then
    return '{}'::text[];
  end if;
  -- Not "=", for which Postgres might read all appointments of the salon.
  slots := array(
    select distinct on (u.event_id) u.booking_uid
    from public.calendar_event_uids u
    join public.calendar_events e on e.id = u.event_id and e.salon_id is not distinct from salon
    where u.seat_id = delivery.seat_id and u.seat_id <> ''
    order by u.event_id, u.booking_uid);
  perform private.lock_more_bookings(slots);
  return slots;
end;
$$;
revoke all on function private.other_slots_of_seat(public.webhook_logs, uuid, text, text)
  from public, anon, authenticated;
grant execute on function private.other_slots_of_seat(public.webhook_logs, uuid, text, text)
  to service_role;
comment on function private.other_slots_of_seat(public.webhook_logs, uuid, text, text) is
  'Where a seat is known, one slot for each appointment, when it is first heard of in a slot and not '
  'as a move from one that is known: a seat that moves into an existing slot keeps its id, and the '
  'delivery that says so may be lost, or come later. Locked. Empty for a seat without an id of '
  'Cal.com. old_uid, old_seat: what the seat replaces.';
