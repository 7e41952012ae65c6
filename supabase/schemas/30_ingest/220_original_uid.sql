-- Called by private.booking_uids and private.resolve_appointment.

create function private.original_uid(booking jsonb)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  if booking ->> 'rescheduleUid' is null or booking ->> 'rescheduleUid' = booking ->> 'uid'
    or (booking ->> 'seated')::boolean or (booking ->> 'recurring')::boolean then
    return null;
  end if;
  return nullif(substring(booking ->> 'icalUid' from '^([^#]+)@Cal\.com$'), booking ->> 'uid');
end;
$$;
revoke all on function private.original_uid(jsonb) from public, anon, authenticated;
grant execute on function private.original_uid(jsonb) to service_role;
comment on function private.original_uid(jsonb) is
  'The first uid of a rescheduled booking, read from its iCalendar UID, so that the chain survives '
  'a lost delivery in the middle. Null for a series, whose occurrences may share that UID.';
