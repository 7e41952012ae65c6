-- Called by private.fold_status for webhooks.

create function private.status_by_delivery(
  appointment public.calendar_events, delivery public.webhook_logs, person jsonb, whole_slot boolean
)
returns public.calendar_events
language plpgsql
immutable
set search_path = ''
as $$
declare
  accepted constant jsonb := '{"accepted": true}'::jsonb;
begin
  case delivery.webhook_type
    when 'BOOKING_REQUESTED', 'BOOKING_PAYMENT_INITIATED' then
      appointment.status := 'pending';
    when 'BOOKING_CREATED' then
      appointment.status := case coalesce(appointment.status, '')
        when '' then 'scheduled' when 'pending' then 'confirmed' else appointment.status end;
      appointment.fold_state := appointment.fold_state || accepted;
    when 'BOOKING_RESCHEDULED' then
      if not (whole_slot and coalesce(appointment.status = 'cancelled', false)) then
        appointment.status := case
          when appointment.fold_state ? 'wasConfirmed' then 'confirmed' else 'scheduled' end;
      end if;
      appointment.fold_state := appointment.fold_state || accepted;
    when 'BOOKING_PAID' then
      if (delivery.booking ->> 'awaitingConfirmation')::boolean
        and coalesce(appointment.status, 'pending') = 'pending' then
        appointment.status := 'pending';
      elsif appointment.status is null or appointment.status in ('pending', 'scheduled') then
        appointment.status := 'confirmed';
        appointment.fold_state := appointment.fold_state || accepted;
      end if;
    when 'BOOKING_LOCATION_UPDATED', 'BOOKING_REASSIGNED' then
      appointment.status := coalesce(appointment.status, case
        when (delivery.booking ->> 'awaitingConfirmation')::boolean then 'pending'
        else 'scheduled' end);
    when 'MEETING_ENDED', 'BOOKING_NO_SHOW_UPDATED' then
      appointment := private.status_by_attendance(appointment, delivery, person);
    when 'BOOKING_CANCELLED', 'BOOKING_REJECTED' then
      -- Final for this uid or seat, but a declined booking can be confirmed through Cal.com's API.
      if coalesce((appointment.fold_state ->> 'liveSince')::timestamptz
        > delivery.occurred_at + private.stamp_tolerance(), false) then
        return appointment;
      end if;
      appointment.status := 'cancelled';
      appointment.cancelled_at := least(appointment.cancelled_at, delivery.occurred_at);
      if (delivery.booking ->> 'cancelledBySalon')::boolean then
        appointment.fold_state := appointment.fold_state || '{"cancelledBySalon": true}'::jsonb;
      end if;
      appointment.cancellation_reason := coalesce(
        appointment.cancellation_reason, delivery.booking ->> 'cancellationReason');
  end case;
  return appointment;
end;
$$;
revoke all on function private.status_by_delivery(
  public.calendar_events, public.webhook_logs, jsonb, boolean) from public, anon, authenticated;
grant execute on function private.status_by_delivery(
  public.calendar_events, public.webhook_logs, jsonb, boolean) to service_role;
comment on function private.status_by_delivery(
  public.calendar_events, public.webhook_logs, jsonb, boolean) is
  'The appointment with its status after a webhook delivery. Called in the order of '
  'private.fold_position, so that no step asks what happened first. person: the attendee that the '
  'delivery names, if it is this appointment''s. whole_slot: it is about all seats of a slot.';
