-- Applies a delivery to the appointments that it is about. Called by private.attempt_delivery.

create function private.apply_delivery(delivery public.webhook_logs, is_stored boolean)
returns private.delivery_result
language plpgsql
set search_path = ''
as $$
declare
  result private.delivery_result;
  located record;
  appointment uuid;
  written private.written_appointment;
  first public.calendar_events;
  changed boolean := false;
begin
  delivery.warnings := '{}'::public.delivery_warning[];
  result.action := 'deferred'::public.delivery_action;
  result.delivery := delivery;
  if delivery.salon_id is null then
    result.reason := case when private.has_full_booking(delivery.webhook_type)
      then 'salon_not_found' else 'booking_unknown' end::public.delivery_reason;
    return result;
  end if;
  located := private.locate_appointments(delivery);
  if located.reason is not null then
    result.reason := located.reason;
    return result;
  end if;

  foreach appointment in array located.appointments loop
    written := private.write_appointment(appointment, located.is_new, located.reordered,
      located.is_linked, is_stored or changed, delivery);
    delivery := written.delivery;
    changed := changed or written.changed;
    if first.id is null then
      first := written.appointment;
    end if;
  end loop;
  -- A snapshot that changed one seat is stored, and so belongs to the others as well.
  if changed and delivery.webhook_type = 'BOOKING_SYNCED' and not is_stored
    and cardinality(located.appointments) > 1 then
    foreach appointment in array located.appointments loop
      perform private.write_appointment(appointment, false, false, false, true, delivery);
    end loop;
  end if;
  -- Skipped for the usual booking, which cannot have a warning.
  if not private.has_full_booking(delivery.webhook_type)
    or (delivery.booking ->> 'recurring')::boolean
    or coalesce(delivery.booking ->> 'clientId', delivery.booking ->> 'petId') is not null then
    delivery.warnings := private.delivery_warnings(delivery, first, located.appointments);
    -- Cancelling "this and following" sends one delivery for several bookings.
    if 'series_unverified' = any (delivery.warnings) then
      perform private.request_sync(delivery.salon_id);
    end if;
  end if;
  result.delivery := delivery;
  result.event_id := first.id;
  result.action := case when changed then 'applied' else 'stale' end::public.delivery_action;
  return result;
end;
$$;
revoke all on function private.apply_delivery(public.webhook_logs, boolean)
  from public, anon, authenticated;
grant execute on function private.apply_delivery(public.webhook_logs, boolean)
  to service_role;
comment on function private.apply_delivery(public.webhook_logs, boolean) is
  'Applies one delivery, whose bookings and salon are locked. action: applied, stale, or deferred '
  'with the reason salon_not_found, booking_unknown or other_salon. is_stored: it has a row '
  'already.';
