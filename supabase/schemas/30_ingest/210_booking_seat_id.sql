-- Called by private.with_booking; the result is webhook_logs.seat_id.

create function private.booking_seat_id(booking jsonb)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  if not (booking ->> 'seated')::boolean then
    return '';
  end if;
  return coalesce(booking ->> 'seatId', case
    when private.has_full_booking(booking ->> 'trigger') and not (booking ->> 'wholeSlot')::boolean
      then private.contact_seat_id(booking) end, '');
end;
$$;
revoke all on function private.booking_seat_id(jsonb) from public, anon, authenticated;
grant execute on function private.booking_seat_id(jsonb) to service_role;
comment on function private.booking_seat_id(jsonb) is
  'The seat that a booking is about; empty for a plain booking and for a whole slot.';
