-- Called by private.apply_delivery_to_salon.

create function private.locate_appointments(
  delivery public.webhook_logs, salon uuid,
  out appointments uuid[], out reason public.delivery_reason
)
language plpgsql
set search_path = ''
as $$
declare
  booking jsonb := delivery.booking;
  key text := delivery.cal_com_event_id;
begin
  if delivery.has_full_booking
    and not ((booking ->> 'seated')::boolean and key = booking ->> 'uid') then
    appointments := array[private.resolve_appointment(booking, key, salon, delivery.occurred_at)];
    if appointments[1] is null then
      reason := 'other_salon';
    end if;
    return;
  end if;
  appointments := private.find_appointments(booking, key, salon);
  if cardinality(appointments) = 0
    and private.apply_deferred_bookings(private.booking_uids(booking), salon) then
    appointments := private.find_appointments(booking, key, salon);
  end if;
  if cardinality(appointments) = 0 then
    reason := 'booking_unknown';
  end if;
end;
$$;
revoke all on function private.locate_appointments(public.webhook_logs, uuid)
  from public, anon, authenticated;
grant execute on function private.locate_appointments(public.webhook_logs, uuid) to service_role;
comment on function private.locate_appointments(public.webhook_logs, uuid) is
  'The appointments that a delivery is about. A delivery with a whole booking creates or merges '
  'appointments as needed; any other one finds those that exist, if necessary after deferred '
  'bookings were applied. Otherwise reason is other_salon or booking_unknown.';
