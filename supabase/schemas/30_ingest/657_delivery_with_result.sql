-- Called by private.attempt_delivery.

create function private.delivery_with_result(result private.delivery_result, failure text)
returns public.webhook_logs
language plpgsql
set search_path = ''
as $$
declare
  delivery public.webhook_logs := result.delivery;
  is_last boolean := delivery.attempts + 1 >= private.max_delivery_attempts();
begin
  delivery.reason := result.reason;
  if result.reason is null then
    delivery.status := 'success';
    delivery.action := result.action;
    delivery.error_message := null;
    delivery.next_attempt_at := null;
    return delivery;
  end if;
  delivery.action := case when is_last then 'dead' else 'deferred' end::public.delivery_action;
  delivery.status := case
    when result.reason = 'booking_unknown' and not is_last then 'processing' else 'error' end;
  delivery.error_message := private.delivery_error_message(
    delivery, result.reason, failure, is_last);
  delivery.next_attempt_at := case when not is_last
    then clock_timestamp() + private.retry_delay(delivery.attempts + 1) end;
  return delivery;
end;
$$;
revoke all on function private.delivery_with_result(private.delivery_result, text)
  from public, anon, authenticated;
grant execute on function private.delivery_with_result(private.delivery_result, text)
  to service_role;
comment on function private.delivery_with_result(private.delivery_result, text) is
  'A delivery as it is stored after an attempt: with its action and, if it could not be applied, '
  'the reason and the time of the next attempt. After the last attempt it is dead. failure: the '
  'SQLSTATE and the constraint, for apply_failed.';
