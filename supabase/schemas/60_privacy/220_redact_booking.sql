-- Called by private.erase_unapplied_deliveries, private.erase_deliveries and
-- private.erased_delivery.

create function private.redact_booking(booking jsonb, seat text, email text, phone text)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  person jsonb := private.matching_attendee(booking, email, phone);
begin
  if person is null and email is null and phone is null then
    person := booking -> 'attendees' -> 0;
  end if;
  return private.without_personal_data(booking)
    || jsonb_build_object(
      'seatId', coalesce(booking ->> 'seatId', nullif(seat, '')),
      'attendeeEmail', private.erased_email(),
      'attendees', case when person is null then '[]'::jsonb
        else jsonb_build_array(jsonb_build_object(
          'email', private.erased_email(), 'phone', null, 'noShow', person -> 'noShow')) end);
end;
$$;
revoke all on function private.redact_booking(jsonb, text, text, text)
  from public, anon, authenticated;
grant execute on function private.redact_booking(jsonb, text, text, text) to service_role;
comment on function private.redact_booking(jsonb, text, text, text) is
  'The booking of one appointment without its person and guests. seat: the id of its seat, empty '
  'for a plain booking. email, phone: of the person, to tell them from guests; if both are '
  'unknown, the person is the first attendee.';
