-- Applies a delivery whose salon is known. Called by private.apply_delivery.

create function private.apply_delivery_to_salon(
  delivery public.webhook_logs,
  out action text, out event_id uuid, out reason text, out salon uuid, out warnings text[]
)
language plpgsql
set search_path = ''
as $$
declare
  booking jsonb := delivery.booking;
  key text := delivery.cal_com_event_id;
  appointments uuid[];
  changed boolean := false;
begin
  warnings := '{}';
  action := 'deferred';
  salon := coalesce(delivery.salon_id, private.find_salon(booking));
  if salon is null then
    reason := case when delivery.has_full_booking
      then 'salon_not_found' else 'booking_unknown' end;
    return;
  end if;
  -- A fold reads what others of the salon may be writing (two rows that become one, a second
  -- client with the same phone), so a salon's deliveries are applied one after the other.
  perform pg_advisory_xact_lock(hashtextextended('salon ' || salon::text, 0));

  if delivery.has_full_booking
    and not ((booking ->> 'seated')::boolean and key = booking ->> 'uid') then
    appointments := array[private.resolve_appointment(booking, key, salon, delivery.occurred_at)];
    if appointments[1] is null then
      reason := 'other_salon';
      return;
    end if;
  else
    appointments := private.find_appointments(booking, key, salon);
    if cardinality(appointments) = 0
      and private.apply_deferred_bookings(private.booking_uids(booking), salon) then
      appointments := private.find_appointments(booking, key, salon);
    end if;
    if cardinality(appointments) = 0 then
      reason := 'booking_unknown';
      return;
    end if;
  end if;

  foreach event_id in array appointments loop
    changed := private.refold_appointment(event_id, salon, delivery) or changed;
    perform private.complete_deferred_deliveries(event_id, delivery.id);
  end loop;
  perform private.apply_deferred_bookings(array(
    select u.booking_uid from public.calendar_event_uids u where u.event_id = any (appointments)), salon);
  -- Of two rows that became one, the older stays.
  event_id := coalesce(
    (select u.event_id from public.calendar_event_uids u where u.cal_com_event_id = key), appointments[1]);
  action := case when changed then 'applied' else 'stale' end;
  -- Most bookings claim nothing and repeat nothing.
  if not delivery.has_full_booking or (booking ->> 'recurring')::boolean
    or coalesce(booking ->> 'clientId', booking ->> 'petId') is not null then
    warnings := private.delivery_warnings(booking, appointments);
  end if;
end;
$$;
revoke all on function private.apply_delivery_to_salon(public.webhook_logs)
  from public, anon, authenticated;
grant execute on function private.apply_delivery_to_salon(public.webhook_logs) to service_role;
comment on function private.apply_delivery_to_salon(public.webhook_logs) is
  'Applies one logged delivery of a known salon. action: applied, stale, or deferred with a '
  'reason: '
  'booking_unknown, other_salon.';
