-- Called where a seat has no id of its own.

create function private.contact_seat_id(booking jsonb)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return left(encode(sha256(convert_to(coalesce(booking ->> 'attendeeEmail',
    private.e164(booking ->> 'attendeePhone')), 'UTF8')), 'hex'), 16);
end;
$$;
revoke all on function private.contact_seat_id(jsonb) from public, anon, authenticated;
grant execute on function private.contact_seat_id(jsonb) to service_role;
comment on function private.contact_seat_id(jsonb) is
  'An id made from the attendee''s contact: for a seat of a Cal.com before May 2024, which sent no '
  'attendeeSeatId, and for a seat placeholder. Null without a contact.';
