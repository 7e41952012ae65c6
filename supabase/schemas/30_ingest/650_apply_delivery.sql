-- Finds the salon of a delivery and applies it. Called by private.process_delivery.

create function private.apply_delivery(
  delivery public.webhook_logs,
  out action public.delivery_action, out event_id uuid, out reason public.delivery_reason,
  out salon uuid, out warnings public.delivery_warning[]
)
language plpgsql
set search_path = ''
as $$
begin
  if delivery.salon_id is null then
    delivery.salon_id := private.find_salon(delivery.booking);
    -- The fold reads only the deliveries of its salon, which must include this one.
    update public.webhook_logs l set salon_id = delivery.salon_id
    where l.id = delivery.id and delivery.salon_id is not null;
  end if;
  if delivery.salon_id is not null then
    if private.belongs_to_other_salon(
      delivery.booking, delivery.salon_id, delivery.from_salon_webhook) then
      action := 'deferred';
      reason := 'other_salon';
      salon := delivery.salon_id;
      warnings := '{}';
      return;
    end if;
    if not delivery.from_salon_webhook then
      perform private.assign_deferred_deliveries(delivery.booking, delivery.salon_id);
    end if;
  end if;
  select r.action, r.event_id, r.reason, r.salon, r.warnings
  into action, event_id, reason, salon, warnings
  from private.apply_delivery_to_salon(delivery) r;
end;
$$;
revoke all on function private.apply_delivery(public.webhook_logs)
  from public, anon, authenticated;
grant execute on function private.apply_delivery(public.webhook_logs) to service_role;
comment on function private.apply_delivery(public.webhook_logs) is
  'Applies one stored delivery, unless its booking belongs to another salon. action: applied, '
  'stale, or deferred with the reason salon_not_found, booking_unknown or other_salon.';
