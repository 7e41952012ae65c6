-- Deliveries that come for a given salon, and those that come too fast.
-- Objects: public.upsert_calendar_event (two arguments more; the one before goes),
-- private.is_over_rate, private.defer_for_rate, private.event_of_delivery.
-- Destructive: no. Undo: drop these functions, create upsert_calendar_event as in 090700.

create function private.is_over_rate(salon uuid, rate_limit integer)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  -- Reads no more of the index than the limit. What the sync found is nothing that came too fast.
  return (
    select count(*) > rate_limit
    from (
      select from public.webhook_logs l
      where l.salon_id = salon and l.created_at > now() - interval '1 minute'
        and l.webhook_type <> 'BOOKING_SYNCED'
      limit rate_limit + 1
    ) latest
  );
end;
$$;
revoke all on function private.is_over_rate(uuid, integer) from public, anon, authenticated;
grant execute on function private.is_over_rate(uuid, integer) to service_role;
comment on function private.is_over_rate(uuid, integer) is
  'Whether a salon got more deliveries than this within the last minute. Null limits nothing, and '
  'so does a salon that is not known.';

create function private.defer_for_rate(delivery uuid, rate_limit integer)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.webhook_logs l
  set status = 'processing', action = 'deferred',
    error_message = format('Waits its turn: more than %s deliveries of this salon came within a '
      'minute. It is applied by the clock, or as soon as its booking is heard of again.', rate_limit),
    -- Not all of a burst at the same moment.
    next_attempt_at = now() + interval '1 minute' + random() * interval '30 seconds',
    duration_ms = extract(epoch from clock_timestamp() - now()) * 1000
  where l.id = delivery;
end;
$$;
revoke all on function private.defer_for_rate(uuid, integer) from public, anon, authenticated;
grant execute on function private.defer_for_rate(uuid, integer) to service_role;
comment on function private.defer_for_rate(uuid, integer) is
  'Leaves a delivery to the retry job, about a minute from now.';

create function private.event_of_delivery(delivery public.webhook_logs)
returns uuid
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select u.event_id
    from public.calendar_event_uids u
    join public.calendar_events e on e.id = u.event_id and e.salon_id = delivery.salon_id
    where u.booking_uid = split_part(delivery.cal_com_event_id, '#', 1)
    order by u.cal_com_event_id <> delivery.cal_com_event_id
    limit 1
  );
end;
$$;
revoke all on function private.event_of_delivery(public.webhook_logs)
  from public, anon, authenticated;
grant execute on function private.event_of_delivery(public.webhook_logs) to service_role;
comment on function private.event_of_delivery(public.webhook_logs) is
  'The visit that a delivery was applied to; one of them, if it was for a whole slot.';

drop function public.upsert_calendar_event(text, text, jsonb, jsonb, text);

create function public.upsert_calendar_event(
  p_delivery_key text,
  p_webhook_type text,
  p_payload jsonb,
  p_booking jsonb default null,
  p_error text default null,
  p_salon_id uuid default null,
  p_rate_limit integer default null
)
returns table (action text, event_id uuid, log_id uuid, reason text)
language plpgsql
security invoker
set search_path = ''
as $$
declare
  delivery public.webhook_logs;
  key text := concat_ws(':', p_salon_id, p_delivery_key);
  salon uuid := p_salon_id;
begin
  if p_booking is not null then
    perform private.lock_bookings(p_booking);
    salon := coalesce(p_salon_id, private.find_salon(p_booking));
  end if;
  -- Taken for a success until it fails, so that the update below touches no index.
  insert into public.webhook_logs as l (
    delivery_key, salon_id, salon_given, webhook_type, payload, booking, cal_com_event_id,
    occurred_at, status, action, error_message, processed_at
  )
  values (
    key, salon, p_salon_id is not null, p_webhook_type, p_payload, p_booking,
    private.event_key(p_booking),
    -- A clock that runs ahead must not keep later news out.
    least((p_booking ->> 'occurredAt')::timestamptz, now()),
    case when p_error is null then 'success' else 'error' end,
    case when p_error is not null then 'invalid' when p_booking is null then 'ignored' end,
    p_error, case when p_booking is null then clock_timestamp() end
  )
  on conflict (delivery_key) do nothing
  returning l.* into delivery;

  if delivery.id is null then
    -- The same bytes again. What is done is done; what still waits gets another chance.
    select l.* into delivery from public.webhook_logs l where l.delivery_key = key for update;
    if delivery.booking is null and p_booking is not null and delivery.erased_at is null then
      -- Stored when the parser could not read it yet. Whose webhook it came by stays.
      update public.webhook_logs l
      set booking = p_booking, cal_com_event_id = private.event_key(p_booking),
        salon_id = case when l.salon_given then l.salon_id else salon end,
        occurred_at = least((p_booking ->> 'occurredAt')::timestamptz, l.created_at)
      where l.id = delivery.id
      returning l.* into delivery;
    elsif delivery.status = 'success' then
      return query select 'duplicate', private.event_of_delivery(delivery), delivery.id, null::text;
      return;
    end if;
  end if;

  if delivery.booking is null then
    return query select delivery.action, null::uuid, delivery.id,
      case when delivery.action = 'invalid' then 'invalid_payload' end;
  elsif private.is_over_rate(delivery.salon_id, p_rate_limit) then
    perform private.defer_for_rate(delivery.id, p_rate_limit);
    return query select 'deferred', null::uuid, delivery.id, 'rate_limited';
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
  'Takes one authentic delivery of Cal.com. p_delivery_key: SHA-256 of the raw body, hexadecimal; '
  'p_webhook_type: triggerEvent; p_payload: the body; p_booking: the CalendarBooking read from it, '
  'null if it is not about one; p_error: why it could not be read; p_salon_id: the salon whose '
  'secret or key it came with, null if any salon''s might: nothing of another salon can be reached '
  'by it; p_rate_limit: how many deliveries of a salon within a minute are applied at once, null: '
  'all. action: applied, duplicate (same bytes), stale (nothing left to change), deferred (kept; '
  'reason: salon_not_found, booking_unknown, other_salon, apply_failed, rate_limited), ignored, '
  'invalid. Called by functions/calcom-webhook.';
