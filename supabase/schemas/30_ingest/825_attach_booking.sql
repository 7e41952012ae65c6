-- Called by upsert_calendar_event when a delivery arrives again, or is parsed again.

create function private.attach_booking(
  delivery public.webhook_logs, new_booking jsonb, salon uuid
)
returns public.webhook_logs
language plpgsql
set search_path = ''
as $$
begin
  update public.webhook_logs l
  set booking = new_booking, cal_com_event_id = private.appointment_key(new_booking),
    salon_id = case when l.from_salon_webhook then l.salon_id else salon end,
    occurred_at = least((new_booking ->> 'occurredAt')::timestamptz, l.created_at)
  where l.id = delivery.id
  returning l.* into delivery;
  return delivery;
end;
$$;
revoke all on function private.attach_booking(public.webhook_logs, jsonb, uuid)
  from public, anon, authenticated;
grant execute on function private.attach_booking(public.webhook_logs, jsonb, uuid)
  to service_role;
comment on function private.attach_booking(public.webhook_logs, jsonb, uuid) is
  'Adds the booking to a delivery that was stored before the parser could read it. A salon that is '
  'known from the webhook stays.';
