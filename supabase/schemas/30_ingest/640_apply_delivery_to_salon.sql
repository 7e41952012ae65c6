-- Applies a delivery to the appointments of its salon. Called by private.apply_delivery.

create function private.apply_delivery_to_salon(
  delivery public.webhook_logs,
  out action public.delivery_action, out event_id uuid, out reason public.delivery_reason,
  out salon uuid, out warnings public.delivery_warning[]
)
language plpgsql
set search_path = ''
as $$
declare
  booking jsonb := delivery.booking;
  appointments uuid[];
  changed boolean := false;
begin
  warnings := '{}';
  action := 'deferred';
  salon := coalesce(delivery.salon_id, private.find_salon(booking));
  if salon is null then
    reason := case when delivery.has_full_booking
      then 'salon_not_found' else 'booking_unknown' end::public.delivery_reason;
    return;
  end if;
  -- A fold reads rows that other deliveries of the salon may be writing (two appointments being
  -- merged, a second client with the same phone), so a salon's deliveries are applied one by one.
  perform pg_advisory_xact_lock(hashtextextended('salon ' || salon::text, 0));

  select l.appointments, l.reason into appointments, reason
  from private.locate_appointments(delivery, salon) l;
  if reason is not null then
    return;
  end if;
  foreach event_id in array appointments loop
    changed := private.refold_appointment(event_id, salon, delivery) or changed;
    perform private.complete_deferred_deliveries(event_id, delivery.id);
  end loop;
  perform private.apply_deferred_bookings(array(
    select u.booking_uid from public.calendar_event_uids u where u.event_id = any (appointments)),
    salon);

  -- When two appointments were merged, the older id remains.
  event_id := coalesce((
    select u.event_id from public.calendar_event_uids u
    where u.cal_com_event_id = delivery.cal_com_event_id), appointments[1]);
  action := case when changed then 'applied' else 'stale' end::public.delivery_action;
  -- Skipped for the usual booking, which cannot have a warning.
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
  'Applies one stored delivery. action: applied, stale, or deferred with the reason '
  'salon_not_found, booking_unknown or other_salon.';
