-- Called by private.attempt_delivery, and by upsert_calendar_event for what is rate-limited.

create function private.store_delivery(delivery public.webhook_logs, is_stored boolean)
returns void
language plpgsql
set search_path = ''
as $$
begin
  if not is_stored then
    insert into public.webhook_logs values (delivery.*);
    return;
  end if;
  update public.webhook_logs l
  set salon_id = delivery.salon_id, booking = delivery.booking, payload = delivery.payload,
    booking_uid = delivery.booking_uid, seat_id = delivery.seat_id,
    cal_com_event_id = delivery.cal_com_event_id, occurred_at = delivery.occurred_at,
    status = delivery.status, action = delivery.action, reason = delivery.reason,
    error_message = delivery.error_message, warnings = delivery.warnings,
    attempts = delivery.attempts, next_attempt_at = delivery.next_attempt_at,
    processed_at = delivery.processed_at, duration_ms = delivery.duration_ms,
    redacted_at = delivery.redacted_at, erased_at = delivery.erased_at
  where l.id = delivery.id;
end;
$$;
revoke all on function private.store_delivery(public.webhook_logs, boolean)
  from public, anon, authenticated;
grant execute on function private.store_delivery(public.webhook_logs, boolean) to service_role;
comment on function private.store_delivery(public.webhook_logs, boolean) is
  'Stores a delivery with what came of it: in a new row, or in its own if is_stored.';
