-- Called by upsert_calendar_event.

create function private.is_heard_of(booking jsonb)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
declare
  uid text := booking ->> 'uid';
begin
  return booking ->> 'rescheduleUid' is not null
    or exists (select from public.webhook_logs l where l.booking_uid = uid)
    or exists (select from public.calendar_event_uids u where u.booking_uid = uid)
    or exists (
      select from public.webhook_logs l
      where l.status <> 'success' and l.booking ->> 'rescheduleUid' = uid);
end;
$$;
revoke all on function private.is_heard_of(jsonb) from public, anon, authenticated;
grant execute on function private.is_heard_of(jsonb) to service_role;
comment on function private.is_heard_of(jsonb) is
  'Whether anything may be known about a booking, or wait for it. False for its first delivery.';
