-- The single entry point for deliveries: stores one, finds its salon and its appointment, and folds
-- the appointment again, in one transaction. A delivery that cannot be applied yet stays in the log
-- and is applied when its booking or its salon appears. Called by functions/calcom-webhook and
-- private.sync_booking.

create function public.upsert_calendar_event(
  p_delivery_key text,
  p_webhook_type text,
  p_payload jsonb,
  p_booking jsonb default null,
  p_error text default null,
  p_salon_id uuid default null,
  p_rate_limit integer default null
)
returns table (
  action public.delivery_action, event_id uuid, log_id uuid, reason public.delivery_reason
)
language plpgsql
security invoker
set search_path = ''
as $$
declare
  delivery public.webhook_logs;
  key text := concat_ws(':', p_salon_id, p_delivery_key);
  salon uuid := p_salon_id;
begin
  -- Lock the booking and find its salon.
  if p_booking is not null then
    perform private.lock_bookings(p_booking);
    salon := coalesce(p_salon_id, private.find_salon(p_booking));
  end if;

  -- Store the delivery. It counts as a success until it fails, so that the update in
  -- process_delivery touches no index.
  insert into public.webhook_logs as l (
    delivery_key, salon_id, from_salon_webhook, webhook_type, payload, booking, cal_com_event_id,
    occurred_at, status, action, reason, error_message, processed_at
  )
  values (
    key, salon, p_salon_id is not null, p_webhook_type, p_payload, p_booking,
    private.appointment_key(p_booking),
    -- A clock that runs ahead must not supersede later deliveries.
    least((p_booking ->> 'occurredAt')::timestamptz, now()),
    case when p_error is null then 'success' else 'error' end,
    case when p_error is not null then 'invalid' when p_booking is null then 'ignored' end
      ::public.delivery_action,
    case when p_error is not null then 'invalid_payload' end::public.delivery_reason,
    p_error, case when p_booking is null then clock_timestamp() end
  )
  on conflict (delivery_key) do nothing
  returning l.* into delivery;

  -- The same bytes again: an applied delivery is a duplicate, any other gets another attempt.
  if delivery.id is null then
    select l.* into delivery from public.webhook_logs l where l.delivery_key = key for update;
    if delivery.booking is null and p_booking is not null and delivery.erased_at is null then
      delivery := private.attach_booking(delivery, p_booking, salon);
    elsif delivery.status = 'success' then
      return query select 'duplicate'::public.delivery_action,
        private.appointment_of_delivery(delivery), delivery.id, null::public.delivery_reason;
      return;
    end if;
  end if;

  -- Apply it.
  if delivery.booking is null then
    return query select delivery.action, null::uuid, delivery.id,
      case when delivery.action = 'invalid' then delivery.reason end;
  elsif private.is_over_rate_limit(delivery.salon_id, p_rate_limit) then
    perform private.defer_rate_limited(delivery.id, p_rate_limit);
    return query select 'deferred'::public.delivery_action, null::uuid, delivery.id,
      'rate_limited'::public.delivery_reason;
  else
    return query select r.action, r.event_id, delivery.id, r.reason
    from private.process_delivery(delivery) r;
  end if;
end;
$$;
revoke all on function
  public.upsert_calendar_event(text, text, jsonb, jsonb, text, uuid, integer)
  from public, anon, authenticated;
grant execute on function
  public.upsert_calendar_event(text, text, jsonb, jsonb, text, uuid, integer)
  to service_role;
comment on function
  public.upsert_calendar_event(text, text, jsonb, jsonb, text, uuid, integer) is
  'Takes one authentic delivery of Cal.com. p_delivery_key: SHA-256 of the raw body, hexadecimal. '
  'p_webhook_type: triggerEvent. p_payload: the body. p_booking: the CalendarBooking read from it, '
  'null if it is not about one. p_error: why it could not be read. p_salon_id: the salon whose own '
  'secret signed it, so that it can change nothing of another salon; null if the shared secret '
  'did. p_rate_limit: how many deliveries of a salon are applied at once within a minute, null for '
  'no limit. Returns action applied, duplicate, stale, deferred, ignored or invalid; reason says '
  'why it is deferred or invalid. Called by functions/calcom-webhook.';
