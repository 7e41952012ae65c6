-- Applies one delivery and what waits for it. Every path ends here: arrival, retry, replay, and a
-- salon that gets its username.

create function private.process_delivery(
  delivery public.webhook_logs, is_stored boolean, is_batch boolean default false,
  out action public.delivery_action, out event_id uuid, out reason public.delivery_reason
)
language plpgsql
set search_path = ''
as $$
declare
  result private.delivery_result;
begin
  result := private.attempt_delivery(delivery, is_stored);
  -- A booking may have waited that a cancellation needs.
  if coalesce(result.reason = 'booking_unknown', true)
    and private.apply_waiting(result.delivery, is_batch) and result.reason is not null then
    result := private.attempt_delivery(result.delivery, true);
  end if;
  action := result.action;
  event_id := result.event_id;
  reason := result.reason;
end;
$$;
revoke all on function private.process_delivery(public.webhook_logs, boolean, boolean)
  from public, anon, authenticated;
grant execute on function private.process_delivery(public.webhook_logs, boolean, boolean)
  to service_role;
comment on function private.process_delivery(public.webhook_logs, boolean, boolean) is
  'Applies a delivery, whose bookings are locked, stores it with the result, and applies what '
  'waited for it. is_stored: it has a row already. is_batch: the salon is locked instead of '
  'its bookings.';
