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
  salon uuid;
  inserted record;
begin
  -- # separates uid and seat in calendar_events.cal_com_event_id. Cal.com makes no such id.
  if p_booking is null or position('#' in concat(
    p_booking ->> 'uid', p_booking ->> 'rescheduleUid', p_booking ->> 'seatId')) > 0 then
    return query select * from private.log_without_booking(
      private.new_delivery(key, p_webhook_type, p_payload, p_salon_id, p_salon_id is not null),
      case when p_booking is null then p_error else 'Invalid payload: an id contains #' end);
    return;
  end if;

  salon := private.lock_for_delivery(p_booking, p_salon_id, p_salon_id is not null);
  if p_webhook_type = 'BOOKING_CREATED' and salon is not null
    and not (p_booking ->> 'seated')::boolean and not private.is_heard_of(p_booking)
    and (p_rate_limit is null or not private.is_over_rate_limit(salon, p_rate_limit)) then
    inserted := private.insert_first_booking(
      key, p_payload, p_booking, salon, p_salon_id is not null);
    if inserted.event_id is not null then
      action := 'applied';
      event_id := inserted.event_id;
      log_id := inserted.log_id;
      return next;
      return;
    end if;
  end if;

  return query select * from private.receive_delivery(
    private.new_delivery(key, p_webhook_type, p_payload, salon, p_salon_id is not null),
    p_booking, p_rate_limit);
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
