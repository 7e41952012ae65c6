-- Called where personal data is removed from a booking.

create function private.without_personal_data(booking jsonb)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
begin
  return (
    select jsonb_object_agg(member.key, member.value)
    from jsonb_each(booking) member
    where jsonb_typeof(member.value) in ('boolean', 'number')
      or member.key in ('trigger', 'uid', 'rescheduleUid', 'seatId', 'occurredAt',
        'organizerUsername', 'hostUsername', 'hostName', 'startTime', 'endTime', 'snapshot')
      -- UIDs made by Cal.com consist of the first uid.
      or member.key = 'icalUid' and member.value #>> '{}' ~ '^[^@]+@Cal\.com$'
  );
end;
$$;
revoke all on function private.without_personal_data(jsonb) from public, anon, authenticated;
grant execute on function private.without_personal_data(jsonb) to service_role;
comment on function private.without_personal_data(jsonb) is
  'The members of a CalendarBooking that identify nobody. An allowlist, so that a new member is '
  'removed by default.';
