-- Called by private.resolve_appointment to find the appointment that a reschedule moves.

create function private.find_predecessor(booking jsonb, salon uuid, moved_at timestamptz)
returns text
language plpgsql
stable
set search_path = ''
as $$
declare
  old_uid text := booking ->> 'rescheduleUid';
  keys text[];
begin
  if old_uid is null or old_uid = booking ->> 'uid' then
    return null;
  end if;
  if not (booking ->> 'seated')::boolean then
    return old_uid;
  end if;
  -- A seat that moves into an existing slot keeps its seat id. One that moves to a free time gets a
  -- new id, and only the attendee identifies the old seat. A seat in a slot that its holder
  -- returned to later is not the old seat.
  if exists (
    select from public.calendar_event_uids u
    where u.cal_com_event_id = old_uid || '#' || private.booking_seat_id(booking)
      and private.seat_existed_at(u.cal_com_event_id, moved_at)
  ) then
    return old_uid || '#' || private.booking_seat_id(booking);
  end if;
  keys := array(
    select u.cal_com_event_id
    from public.calendar_event_uids u
    join public.calendar_events e on e.id = u.event_id and e.salon_id = salon
    where u.booking_uid = old_uid and private.seat_existed_at(u.cal_com_event_id, moved_at)
      and private.is_same_person(e.attendee_email, e.attendee_phone,
        booking ->> 'attendeeEmail', booking ->> 'attendeePhone')
    limit 2
  );
  return case
    when cardinality(keys) = 1 then keys[1]
    else old_uid || '#' || private.booking_seat_id(booking - 'seatId')
  end;
end;
$$;
revoke all on function private.find_predecessor(jsonb, uuid, timestamptz)
  from public, anon, authenticated;
grant execute on function private.find_predecessor(jsonb, uuid, timestamptz) to service_role;
comment on function private.find_predecessor(jsonb, uuid, timestamptz) is
  'The id that an appointment had before this reschedule, null if this is none. For a seat that is '
  'still unknown, an id made from the attendee, which serves as its seat placeholder.';
