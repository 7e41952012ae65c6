-- Called where a delivery about one attendee must find their appointment.

create function private.matching_attendee(booking jsonb, email text, phone text)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  attendee jsonb;
begin
  for attendee in select jsonb_array_elements(booking -> 'attendees') loop
    if private.is_same_person(attendee ->> 'email', attendee ->> 'phone', email, phone) then
      return attendee;
    end if;
  end loop;
  return null;
end;
$$;
revoke all on function private.matching_attendee(jsonb, text, text)
  from public, anon, authenticated;
grant execute on function private.matching_attendee(jsonb, text, text) to service_role;
comment on function private.matching_attendee(jsonb, text, text) is
  'The attendee of a booking that is this person, by e-mail or phone; null if none is.';
