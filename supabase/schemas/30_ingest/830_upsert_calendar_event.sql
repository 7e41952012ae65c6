-- The single entry point for deliveries: finds the salon and the appointment of one, adds it to the
-- appointment, and stores it with the result, in one transaction. A delivery that cannot be applied
-- yet waits in the log and is applied when its booking or its salon appears. Called by
-- functions/calcom-webhook and private.sync_booking.

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
-- A session keeps its plans. Those made while the tables were small would read them whole later.
set enable_seqscan = off
as $$
declare
  key text := concat_ws(':', p_salon_id, p_delivery_key);
  delivery public.webhook_logs;
  known public.webhook_logs;
  is_first boolean;
begin
  delivery.id := gen_random_uuid();
  delivery.delivery_key := key;
  delivery.created_at := now();
  delivery.webhook_type := p_webhook_type;
  delivery.payload := p_payload;
  delivery.salon_id := p_salon_id;
  delivery.from_salon_webhook := p_salon_id is not null;
  delivery.attempts := 0;
  delivery.warnings := '{}';
  if p_booking is null or private.has_bad_id(p_booking) then
    return query select * from private.log_without_booking(delivery,
      case when p_booking is null then p_error else 'Invalid payload: an id contains #' end);
    return;
  end if;

  -- Find the salon and lock the booking.
  delivery := private.with_booking(delivery, p_booking);
  delivery.salon_id := private.lock_for_delivery(delivery);

  -- The same bytes again: an applied delivery is a duplicate, any other gets another attempt.
  is_first := not private.is_heard_of(key, p_booking);
  if not is_first then
    select l.* into known from public.webhook_logs l where l.delivery_key = key for update;
  end if;
  if known.id is not null then
    if known.booking is null and known.erased_at is not null then
      return query select known.action, null::uuid, known.id, known.reason;
      return;
    elsif known.booking is null then
      known := private.with_booking(known, p_booking);
    elsif known.status = 'success' then
      return query select 'duplicate'::public.delivery_action,
        private.appointment_of_delivery(known), known.id, null::public.delivery_reason;
      return;
    end if;
    known.salon_id := case when known.from_salon_webhook
      then known.salon_id else delivery.salon_id end;
    delivery := known;
  end if;

  -- Apply it.
  if p_rate_limit is not null
    and private.is_over_rate_limit(delivery.salon_id, p_rate_limit) then
    delivery := private.rate_limited(delivery, p_rate_limit);
    perform private.store_delivery(delivery, known.id is not null);
    return query select delivery.action, null::uuid, delivery.id, delivery.reason;
    return;
  end if;
  return query select r.action, r.event_id, delivery.id, r.reason
  from private.process_delivery(delivery, known.id is not null, is_first) r;
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
  'p_webhook_type: triggerEvent. p_payload: the body. p_booking: the CalendarBooking read from '
  'it, null if it is not about one. p_error: why it could not be read. p_salon_id: the salon '
  'whose own secret signed it, so that it can change nothing of another salon; null if the shared '
  'secret did. p_rate_limit: how many deliveries of a salon are applied at once within a minute, '
  'null for no limit. Returns action applied, duplicate, stale, deferred, ignored or invalid; '
  'reason says why it is deferred or invalid. An id that contains # is invalid. Called by '
  'functions/calcom-webhook and private.sync_booking.';
