-- Applies one stored delivery and records the outcome. Every way to apply a delivery ends here:
-- arrival, retry, replay, and a salon that gets its username.

create function private.process_delivery(
  delivery public.webhook_logs, out action text, out event_id uuid, out reason text
)
language plpgsql
set search_path = ''
as $$
<<fn>>
declare
  started_at timestamptz := clock_timestamp();
  salon uuid;
  warnings text[];
  failure text;
  rule text;
  is_last boolean;
begin
  -- So that nothing it brings along tries it again.
  update public.webhook_logs l set status = 'success'
  where l.id = delivery.id and l.status <> 'success';
  -- In a sub-transaction, so that whatever goes wrong the delivery and its reason stay.
  begin
    select r.action, r.event_id, r.reason, r.salon, r.warnings
    into action, event_id, reason, fn.salon, fn.warnings
    from private.apply_delivery(delivery) r;
  exception
    when others then
      -- The code and the rule, never the message: it quotes personal data.
      get stacked diagnostics failure = returned_sqlstate, rule = constraint_name;
      action := 'deferred';
      reason := 'apply_failed';
  end;
  is_last := reason is not null and delivery.attempts + 1 >= private.max_delivery_attempts();

  update public.webhook_logs l
  set action = case when is_last then 'dead' else process_delivery.action end,
    salon_id = coalesce(salon, l.salon_id),
    status = case
      when reason is null then 'success'
      when reason = 'booking_unknown' and not is_last then 'processing'
      else 'error'
    end,
    error_message = case reason
      when 'booking_unknown' then 'Waits for the booking it belongs to, which has not arrived yet.'
      when 'salon_not_found' then 'Failed to find salon: no salon has the Cal.com username '
        || coalesce('"' || (l.booking ->> 'organizerUsername') || '"', '(none sent)')
        || ', and the metadata names no known client or pet. Set salons.cal_com_username.'
      when 'other_salon' then 'Failed to create event: this booking belongs to another salon. '
        'Check which salon has the host''s Cal.com username.'
      when 'apply_failed' then 'Failed to create event: SQLSTATE ' || failure
        || coalesce(' at ' || nullif(rule, ''), '')
        || '. Check the permissions of service_role and the row the delivery is about.'
    end || case when is_last then ' Given up after ' || delivery.attempts + 1
      || ' attempts. When the cause is gone: select * from replay_delivery(''' || l.id || ''');'
      else '' end,
    warnings = coalesce(fn.warnings, l.warnings),
    attempts = l.attempts + 1,
    next_attempt_at = case when reason is not null and not is_last
      then clock_timestamp() + private.retry_delay(delivery.attempts + 1) end,
    processed_at = clock_timestamp(),
    -- With the wait for locks when it has just arrived, without the others of a batch later on.
    duration_ms = extract(epoch from clock_timestamp()
      - case when l.created_at = now() then now() else started_at end) * 1000
  where l.id = delivery.id;
end;
$$;
revoke all on function private.process_delivery(public.webhook_logs)
  from public, anon, authenticated;
grant execute on function private.process_delivery(public.webhook_logs) to service_role;
comment on function private.process_delivery(public.webhook_logs) is
  'Applies a logged delivery and writes down what became of it. Never raises for what is wrong '
  'with the delivery: that is reason apply_failed, with the SQLSTATE in the log.';
