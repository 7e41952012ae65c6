-- Applies one stored delivery and records the result. Every path that applies a delivery ends here:
-- arrival, retry, replay, and a salon that gets its username.

create function private.process_delivery(
  delivery public.webhook_logs,
  out action public.delivery_action, out event_id uuid, out reason public.delivery_reason
)
language plpgsql
set search_path = ''
as $$
<<fn>>
declare
  started_at timestamptz := clock_timestamp();
  salon uuid;
  warnings public.delivery_warning[];
  failure text;
  rule text;
  is_last boolean;
begin
  -- Deferred deliveries that this one applies must not apply it a second time.
  update public.webhook_logs l set status = 'success'
  where l.id = delivery.id and l.status <> 'success';
  -- A sub-transaction, so that the delivery and its reason are kept whatever fails.
  begin
    select r.action, r.event_id, r.reason, r.salon, r.warnings
    into action, event_id, reason, fn.salon, fn.warnings
    from private.apply_delivery(delivery) r;
  exception
    when others then
      -- The code and the constraint, never the message, which quotes personal data.
      get stacked diagnostics failure = returned_sqlstate, rule = constraint_name;
      failure := 'SQLSTATE ' || failure || coalesce(' at ' || nullif(rule, ''), '');
      action := 'deferred';
      reason := 'apply_failed';
  end;
  is_last := reason is not null and delivery.attempts + 1 >= private.max_delivery_attempts();

  update public.webhook_logs l
  set action = case when is_last then 'dead' else process_delivery.action end,
    reason = process_delivery.reason,
    salon_id = coalesce(fn.salon, l.salon_id),
    status = case
      when process_delivery.reason is null then 'success'
      when process_delivery.reason = 'booking_unknown' and not is_last then 'processing'
      else 'error'
    end,
    error_message = case when process_delivery.reason is not null then
      private.delivery_error_message(delivery, process_delivery.reason, failure, is_last) end,
    warnings = coalesce(fn.warnings, l.warnings),
    attempts = l.attempts + 1,
    next_attempt_at = case when process_delivery.reason is not null and not is_last
      then clock_timestamp() + private.retry_delay(delivery.attempts + 1) end,
    processed_at = clock_timestamp(),
    -- On arrival this includes waiting for locks; in a batch it excludes the other deliveries.
    duration_ms = extract(epoch from clock_timestamp()
      - case when l.created_at = now() then now() else started_at end) * 1000
  where l.id = delivery.id;
end;
$$;
revoke all on function private.process_delivery(public.webhook_logs)
  from public, anon, authenticated;
grant execute on function private.process_delivery(public.webhook_logs) to service_role;
comment on function private.process_delivery(public.webhook_logs) is
  'Applies a stored delivery and records what came of it. Never raises for a fault of the '
  'delivery: that is the reason apply_failed, with the SQLSTATE in error_message.';
