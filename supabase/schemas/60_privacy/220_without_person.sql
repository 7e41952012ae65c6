-- Called by private.erase and private.erase_deliveries.

create function private.without_person(booking jsonb, key text, email text, phone text)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  person jsonb := private.names_attendee(booking, email, phone);
begin
  if person is null and email is null and phone is null then
    person := booking -> 'attendees' -> 0;
  end if;
  return private.impersonal(booking)
    || jsonb_build_object(
      'seatId', coalesce(booking ->> 'seatId', nullif(split_part(key, '#', 2), '')),
      'attendeeEmail', private.nobody(),
      'attendees', case when person is null then '[]'::jsonb
        else jsonb_build_array(jsonb_build_object(
          'email', private.nobody(), 'phone', null, 'noShow', person -> 'noShow')) end);
end;
$$;
revoke all on function private.without_person(jsonb, text, text, text)
  from public, anon, authenticated;
grant execute on function private.without_person(jsonb, text, text, text) to service_role;
comment on function private.without_person(jsonb, text, text, text) is
  'The booking of one visit without the person it is for, and without guests. key: of the visit; '
  'email, phone: of the person, by which to tell them from guests; if neither is known any more, '
  'it is the first attendee.';
