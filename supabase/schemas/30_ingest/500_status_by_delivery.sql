-- Called by private.status_after for webhooks.

create function private.status_by_delivery(
  appointment public.calendar_events, delivery public.webhook_logs, person jsonb, whole_slot boolean
)
returns public.calendar_events
language plpgsql
stable
set search_path = ''
as $$
declare
  booking jsonb := delivery.booking;
  moves boolean := coalesce(booking ->> 'rescheduleUid' <> booking ->> 'uid', false);
begin
  case delivery.webhook_type
    when 'BOOKING_REQUESTED', 'BOOKING_PAYMENT_INITIATED' then
      -- A reschedule that needs confirmation arrives as a request that names the old booking.
      if appointment.status is null or moves then
        appointment.status := 'pending';
      end if;
    when 'BOOKING_CREATED' then
      appointment.status := case coalesce(appointment.status, '')
        when '' then 'scheduled' when 'pending' then 'confirmed' else appointment.status end;
    when 'BOOKING_PAID' then
      if (booking ->> 'awaitingConfirmation')::boolean then
        appointment.status := coalesce(appointment.status, 'pending');
      elsif appointment.status is null or appointment.status in ('pending', 'scheduled') then
        appointment.status := 'confirmed';
      end if;
    when 'BOOKING_RESCHEDULED' then
      -- Only a move to a new booking revives a cancelled appointment: when a host requests a
      -- reschedule, Cal.com cancels first.
      if appointment.status is null or appointment.status <> 'confirmed'
        and (appointment.status <> 'cancelled' or moves and not whole_slot) then
        appointment.status := 'scheduled';
      end if;
    when 'BOOKING_CANCELLED', 'BOOKING_REJECTED' then
      if appointment.status is distinct from 'cancelled' then
        appointment.status := 'cancelled';
        appointment.cancelled_at := delivery.occurred_at;
      end if;
      appointment.cancellation_reason := coalesce(
        appointment.cancellation_reason, booking ->> 'cancellationReason');
    when 'MEETING_ENDED', 'BOOKING_NO_SHOW_UPDATED' then
      appointment := private.status_by_attendance(appointment, delivery, person);
  end case;

  if appointment.status <> 'no_show' then
    appointment.status_before_no_show := null;
  end if;
  if appointment.status <> 'cancelled' then
    appointment.cancelled_at := null;
    appointment.cancellation_reason := null;
  end if;
  return appointment;
end;
$$;
revoke all on function private.status_by_delivery(
  public.calendar_events, public.webhook_logs, jsonb, boolean) from public, anon, authenticated;
grant execute on function private.status_by_delivery(
  public.calendar_events, public.webhook_logs, jsonb, boolean) to service_role;
comment on function private.status_by_delivery(
  public.calendar_events, public.webhook_logs, jsonb, boolean) is
  'The appointment with its status after a webhook delivery. See private.status_after.';
