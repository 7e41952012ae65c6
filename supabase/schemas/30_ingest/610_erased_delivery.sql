-- Called by private.write_appointment for erased appointments.

create function private.erased_delivery(
  delivery public.webhook_logs, appointment public.calendar_events
)
returns public.webhook_logs
language plpgsql
stable
set search_path = ''
as $$
begin
  if delivery.id is null or delivery.erased_at is not null then
    return delivery;
  end if;
  if appointment.seat_id is not null and delivery.seat_id = '' then
    delivery.booking := private.redact_slot_booking(delivery.booking, appointment);
  else
    delivery.booking := private.redact_booking(delivery.booking, delivery.seat_id,
      appointment.attendee_email, appointment.attendee_phone);
    delivery.erased_at := now();
  end if;
  delivery.payload := private.redacted_payload('erasure');
  delivery.redacted_at := coalesce(delivery.redacted_at, now());
  return delivery;
end;
$$;
revoke all on function private.erased_delivery(public.webhook_logs, public.calendar_events)
  from public, anon, authenticated;
grant execute on function private.erased_delivery(public.webhook_logs, public.calendar_events)
  to service_role;
comment on function private.erased_delivery(public.webhook_logs, public.calendar_events) is
  'A delivery that arrives for an erased appointment, without the person.';
