-- Called by upsert_calendar_event.

create function private.is_heard_of(key text, booking jsonb)
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
    or exists (select from public.webhook_logs l where l.delivery_key = key)
    or exists (select from public.calendar_event_uids u where u.booking_uid = uid)
    or exists (
      select from public.webhook_logs l
      where l.status <> 'success' and l.booking ->> 'rescheduleUid' = uid);
end;
$$;
revoke all on function private.is_heard_of(text, jsonb) from public, anon, authenticated;
grant execute on function private.is_heard_of(text, jsonb) to service_role;
comment on function private.is_heard_of(text, jsonb) is
  'Whether anything may be known about a delivery or its booking, or wait for it. False for the '
  'first delivery of a booking, which then needs no further query.';
