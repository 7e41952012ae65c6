-- Called by upsert_calendar_event.

create function private.receive_delivery(
  delivery public.webhook_logs, booking jsonb, rate_limit integer
)
returns table (
  action public.delivery_action, event_id uuid, log_id uuid, reason public.delivery_reason
)
language plpgsql
set search_path = ''
as $$
declare
  known public.webhook_logs;
  is_stored boolean;
begin
  -- The same bytes again: an applied delivery is a duplicate, any other gets another attempt.
  select l.* into known from public.webhook_logs l
  where l.delivery_key = delivery.delivery_key for update;
  is_stored := found;
  if is_stored then
    if known.booking is null and known.erased_at is not null then
      return query select known.action, null::uuid, known.id, known.reason;
      return;
    elsif known.booking is not null and known.status = 'success' then
      return query select 'duplicate'::public.delivery_action,
        private.appointment_of_delivery(known), known.id, null::public.delivery_reason;
      return;
    end if;
    if not known.from_salon_webhook then
      known.salon_id := delivery.salon_id;
    end if;
    delivery := known;
  end if;
  if delivery.booking is null then
    delivery := private.with_booking(delivery, booking);
  end if;

  if rate_limit is not null and private.is_over_rate_limit(delivery.salon_id, rate_limit) then
    delivery := private.rate_limited(delivery, rate_limit);
    perform private.store_delivery(delivery, is_stored);
    return query select delivery.action, null::uuid, delivery.id, delivery.reason;
    return;
  end if;
  return query select r.action, r.event_id, delivery.id, r.reason
  from private.process_delivery(delivery, is_stored) r;
end;
$$;
revoke all on function private.receive_delivery(public.webhook_logs, jsonb, integer)
  from public, anon, authenticated;
grant execute on function private.receive_delivery(public.webhook_logs, jsonb, integer)
  to service_role;
comment on function private.receive_delivery(public.webhook_logs, jsonb, integer) is
  'Applies and stores a delivery that has just arrived. Its booking is locked. Returns what '
  'upsert_calendar_event returns.';
