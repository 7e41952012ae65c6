-- The one door through which Cal.com's deliveries come in.
-- upsert_calendar_event logs a delivery, finds its salon and its visit, and folds the visit anew,
-- in one transaction. What cannot be applied yet stays in the log and is applied when its booking
-- or its salon appears.
-- Objects: public.upsert_calendar_event, private.apply_waiting_deliveries with its trigger.
-- Destructive: no. Undo: drop these functions.

create function public.upsert_calendar_event(
  p_delivery_key text,
  p_webhook_type text,
  p_payload jsonb,
  p_booking jsonb default null,
  p_error text default null
)
returns table (action text, event_id uuid, log_id uuid, reason text)
language plpgsql
security invoker
set search_path = ''
as $$
declare
  delivery public.webhook_logs;
  salon uuid;
begin
  if p_booking is not null then
    perform private.lock_bookings(p_booking);
    salon := private.find_salon(p_booking);
  end if;
  -- Taken for a success until it fails, so that the update below touches no index.
  insert into public.webhook_logs as l (
    delivery_key, salon_id, webhook_type, payload, booking, cal_com_event_id, occurred_at,
    status, action, error_message, processed_at
  )
  values (
    p_delivery_key, salon, p_webhook_type, p_payload, p_booking, private.event_key(p_booking),
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
    select l.* into delivery
    from public.webhook_logs l where l.delivery_key = p_delivery_key for update;
    if delivery.booking is null and p_booking is not null then
      -- Stored when the parser could not read it yet.
      update public.webhook_logs l
      set booking = p_booking, cal_com_event_id = private.event_key(p_booking), salon_id = salon,
        occurred_at = least((p_booking ->> 'occurredAt')::timestamptz, l.created_at)
      where l.id = delivery.id
      returning l.* into delivery;
    elsif delivery.status = 'success' then
      return query select 'duplicate', (
        select u.event_id from public.calendar_event_uids u
        where u.booking_uid = split_part(delivery.cal_com_event_id, '#', 1)
        order by u.cal_com_event_id <> delivery.cal_com_event_id limit 1
      ), delivery.id, null::text;
      return;
    end if;
  end if;

  if delivery.booking is null then
    return query select delivery.action, null::uuid, delivery.id,
      case when delivery.action = 'invalid' then 'invalid_payload' end;
  else
    return query select r.action, r.event_id, delivery.id, r.reason
    from private.process_delivery(delivery) r;
  end if;
end;
$$;
revoke all on function public.upsert_calendar_event(text, text, jsonb, jsonb, text)
  from public, anon, authenticated;
grant execute on function public.upsert_calendar_event(text, text, jsonb, jsonb, text)
  to service_role;
comment on function public.upsert_calendar_event(text, text, jsonb, jsonb, text) is
  'Takes one authentic delivery of Cal.com. p_delivery_key: SHA-256 of the raw body, hexadecimal; '
  'p_webhook_type: triggerEvent; p_payload: the body; p_booking: the CalendarBooking read from it, '
  'null if it is not about one; p_error: why it could not be read. action: applied, duplicate '
  '(same bytes), stale (nothing left to change), deferred (kept; reason: salon_not_found, '
  'booking_unknown, other_salon, apply_failed), ignored, invalid. Called by functions/calcom-webhook.';

create function private.apply_waiting_deliveries()
returns trigger
language plpgsql
set search_path = ''
as $$
declare
  waiting public.webhook_logs[];
  delivery public.webhook_logs;
begin
  -- A delivery that did not see this salon is seen here, or waits for this and sees it.
  perform pg_advisory_xact_lock(hashtextextended('username ' || lower(new.cal_com_username), 0));
  waiting := array(
    select l from public.webhook_logs l
    where l.salon_id is null and l.status = 'error' and l.booking is not null
      and lower(l.booking ->> 'organizerUsername') = lower(new.cal_com_username)
    order by l.created_at
    limit 500
  );
  perform private.lock_bookings(variadic array(select (w).booking from unnest(waiting) as w));
  foreach delivery in array waiting loop
    perform private.process_delivery(delivery);
  end loop;
  return null;
end;
$$;
revoke all on function private.apply_waiting_deliveries() from public, anon, authenticated;
comment on function private.apply_waiting_deliveries() is
  'Trigger: a salon got its Cal.com username, so the bookings that came too early can be applied, '
  'at most 500 at a time: setting the username again goes on.';
create trigger apply_waiting_deliveries
  after insert or update of cal_com_username on public.salons
  for each row when (new.cal_com_username is not null)
  execute function private.apply_waiting_deliveries();
