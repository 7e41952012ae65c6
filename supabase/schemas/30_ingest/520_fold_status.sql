-- Called by private.fold_step.

create function private.fold_status(
  appointment public.calendar_events, delivery public.webhook_logs, person jsonb, whole_slot boolean
)
returns public.calendar_events
language plpgsql
immutable
set search_path = ''
as $$
begin
  appointment := case when delivery.webhook_type = 'BOOKING_SYNCED'
    then private.status_by_snapshot(appointment, delivery, whole_slot)
    else private.status_by_delivery(appointment, delivery, person, whole_slot) end;
  if appointment.status is distinct from 'no_show' then
    appointment.status_before_no_show := null;
  end if;
  if appointment.status is distinct from 'cancelled' then
    appointment.cancelled_at := null;
    appointment.cancellation_reason := null;
    appointment.fold_state := appointment.fold_state - 'cancelledBySalon';
  end if;
  return appointment;
end;
$$;
revoke all on function private.fold_status(
  public.calendar_events, public.webhook_logs, jsonb, boolean) from public, anon, authenticated;
grant execute on function private.fold_status(
  public.calendar_events, public.webhook_logs, jsonb, boolean) to service_role;
comment on function private.fold_status(
  public.calendar_events, public.webhook_logs, jsonb, boolean) is
  'The appointment with its status after one more delivery. person: the attendee that the delivery '
  'names, if it is this appointment''s. whole_slot: the delivery is about all seats of a slot.';
