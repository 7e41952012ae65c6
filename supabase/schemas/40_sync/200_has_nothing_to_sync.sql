-- Called by private.sync_booking.

create function private.has_nothing_to_sync(booking jsonb)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
declare
  uid text := booking ->> 'uid';
begin
  if (booking ->> 'wholeSlot')::boolean then
    return not exists (select from public.calendar_event_uids u where u.booking_uid = uid);
  end if;
  return booking -> 'snapshot' ->> 'movedTo' is not null
    and not exists (
      select from public.calendar_event_uids u
      where u.booking_uid in (uid, booking ->> 'rescheduleUid'));
end;
$$;
revoke all on function private.has_nothing_to_sync(jsonb) from public, anon, authenticated;
grant execute on function private.has_nothing_to_sync(jsonb) to service_role;
comment on function private.has_nothing_to_sync(jsonb) is
  'Whether a snapshot is about nothing that the calendar has: a slot without known seats, or a '
  'booking that was rescheduled and is not needed to link its successor, which says everything '
  'else.';
