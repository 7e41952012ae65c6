-- Called by private.sync_booking for seats.

create function private.previous_slot_of_seat(salon uuid, booking jsonb, as_of timestamptz)
returns text
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select u.booking_uid
    from public.calendar_events e
    join public.calendar_event_uids u on u.cal_com_event_id = e.cal_com_event_id
    where e.salon_id = salon and position('#' in e.cal_com_event_id) > 0
      and split_part(e.cal_com_event_id, '#', 2) = booking ->> 'seatId'
      and u.booking_uid <> booking ->> 'uid'
      -- A later webhook delivery is about a later move.
      and e.last_event_at <= as_of
    limit 1
  );
end;
$$;
revoke all on function private.previous_slot_of_seat(uuid, jsonb, timestamptz)
  from public, anon, authenticated;
grant execute on function private.previous_slot_of_seat(uuid, jsonb, timestamptz) to service_role;
comment on function private.previous_slot_of_seat(uuid, jsonb, timestamptz) is
  'The slot in which the calendar still has a seat that Cal.com lists in another one. A seat that '
  'moves into an existing slot keeps its id, and the API does not tell where it came from.';
