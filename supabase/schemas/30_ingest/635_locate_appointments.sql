-- Called by private.apply_delivery.

create function private.locate_appointments(
  delivery public.webhook_logs,
  out appointments uuid[], out is_new boolean, out reordered boolean, out is_linked boolean,
  out reason public.delivery_reason
)
language plpgsql
set search_path = ''
as $$
declare
  creates boolean := private.has_full_booking(delivery.webhook_type)
    and not ((delivery.booking ->> 'seated')::boolean and delivery.seat_id = '');
  resolved record;
begin
  is_new := false;
  reordered := false;
  is_linked := false;
  if private.belongs_to_other_salon(private.booking_uids(delivery.booking), delivery.salon_id,
    delivery.from_salon_webhook) then
    reason := 'other_salon';
    return;
  end if;
  if creates then
    resolved := private.resolve_appointment(delivery, delivery.salon_id);
    appointments := array[resolved.appointment];
    is_new := resolved.is_new;
    reordered := resolved.reordered;
    is_linked := resolved.is_linked;
  else
    appointments := private.find_appointments(delivery, delivery.salon_id);
    if cardinality(appointments) = 0 then
      reason := 'booking_unknown';
    end if;
  end if;
end;
$$;
revoke all on function private.locate_appointments(public.webhook_logs)
  from public, anon, authenticated;
grant execute on function private.locate_appointments(public.webhook_logs) to service_role;
comment on function private.locate_appointments(public.webhook_logs) is
  'The appointments that a delivery is about. A delivery with a whole booking creates or merges '
  'appointments as needed; any other one finds those that exist. Otherwise reason is other_salon '
  'or booking_unknown. is_new, reordered, is_linked: see private.resolve_appointment.';
