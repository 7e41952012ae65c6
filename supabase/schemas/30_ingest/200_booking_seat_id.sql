-- Called wherever the id of a seat is built.

create function private.booking_seat_id(booking jsonb)
returns text
language plpgsql
stable
set search_path = ''
as $$
begin
  return coalesce(
    booking ->> 'seatId',
    left(encode(sha256(convert_to(coalesce(booking ->> 'attendeeEmail',
      private.e164(booking ->> 'attendeePhone')), 'UTF8')), 'hex'), 16)
  );
end;
$$;
revoke all on function private.booking_seat_id(jsonb) from public, anon, authenticated;
grant execute on function private.booking_seat_id(jsonb) to service_role;
comment on function private.booking_seat_id(jsonb) is
  'The id of the seat: attendeeSeatId, which Cal.com sends since May 2024, else a hash of the '
  'attendee''s contact.';
