-- Applies one delivery and stores it with the result. Called by private.process_delivery and
-- private.apply_waiting.

create function private.attempt_delivery(delivery public.webhook_logs, is_stored boolean)
returns private.delivery_result
language plpgsql
set search_path = ''
as $$
declare
  started_at timestamptz := case when is_stored then clock_timestamp() else now() end;
  result private.delivery_result;
  failure text;
  rule text;
begin
  -- A row may have been merged away while this transaction waited for it.
  for attempt in 1..3 loop
    -- A sub-transaction, so that the delivery and its reason are kept whatever fails.
    begin
      result := private.apply_delivery(delivery, is_stored);
      exit;
    exception
      when others then
        -- The code and the constraint, never the message, which quotes personal data.
        get stacked diagnostics failure = returned_sqlstate, rule = constraint_name;
        result := (delivery, 'deferred'::public.delivery_action, null::uuid,
          'apply_failed'::public.delivery_reason);
        exit when failure not in ('40001', '40P01');
    end;
  end loop;
  delivery := private.delivery_with_result(
    result, 'SQLSTATE ' || failure || coalesce(' at ' || nullif(rule, ''), ''));
  delivery.attempts := delivery.attempts + 1;
  delivery.processed_at := clock_timestamp();
  -- On arrival this includes waiting for locks; in a batch it excludes the other deliveries.
  delivery.duration_ms := extract(epoch from delivery.processed_at - started_at) * 1000;
  -- A snapshot that changes nothing is not stored, so that the log shows what webhooks missed.
  if is_stored or result.action <> 'stale' or delivery.webhook_type <> 'BOOKING_SYNCED' then
    perform private.store_delivery(delivery, is_stored);
  end if;
  result.delivery := delivery;
  return result;
end;
$$;
revoke all on function private.attempt_delivery(public.webhook_logs, boolean)
  from public, anon, authenticated;
grant execute on function private.attempt_delivery(public.webhook_logs, boolean)
  to service_role;
comment on function private.attempt_delivery(public.webhook_logs, boolean) is
  'Applies a delivery, whose bookings are locked, and stores what came of it: in its row if '
  'is_stored, else in a new one. Never raises for a fault of the delivery: that is the reason '
  'apply_failed, with the SQLSTATE in error_message.';
