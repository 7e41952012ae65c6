-- Called for every delivery: its result is webhook_logs.cal_com_event_id.

create function private.appointment_key(booking jsonb)
returns text
language plpgsql
stable
set search_path = ''
as $$
begin
  if (booking ->> 'seated')::boolean and (
    booking ->> 'seatId' is not null
    or private.has_full_booking(booking ->> 'trigger')
      and not (booking ->> 'wholeSlot')::boolean
  ) then
    return concat_ws('#', booking ->> 'uid', private.booking_seat_id(booking));
  end if;
  return booking ->> 'uid';
end;
$$;
revoke all on function private.appointment_key(jsonb) from public, anon, authenticated;
grant execute on function private.appointment_key(jsonb) to service_role;
comment on function private.appointment_key(jsonb) is
  'The cal_com_event_id that a booking is about: <uid>#<seat> for one seat, <uid> for a plain '
  'booking and for a whole slot.';
