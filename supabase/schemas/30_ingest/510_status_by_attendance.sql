-- Called by private.status_by_delivery for what Cal.com reports once the time of an appointment has
-- come.

create function private.status_by_attendance(
  appointment public.calendar_events, delivery public.webhook_logs, person jsonb
)
returns public.calendar_events
language plpgsql
immutable
set search_path = ''
as $$
begin
  if delivery.webhook_type = 'MEETING_ENDED' then
    -- Cal.com schedules this delivery when the booking is made. If it ends before the appointment
    -- does, the appointment has been moved since.
    if appointment.status = 'no_show' then
      appointment.status_before_no_show := 'completed';
    elsif appointment.status is distinct from 'cancelled' and coalesce(
      (delivery.booking ->> 'endTime')::timestamptz >= appointment.end_time, true) then
      appointment.status := 'completed';
    end if;
  elsif (person ->> 'noShow')::boolean then
    if appointment.status is null or appointment.status not in ('no_show', 'cancelled') then
      appointment.status_before_no_show := coalesce(appointment.status, 'scheduled');
      appointment.status := 'no_show';
    end if;
  elsif not (person ->> 'noShow')::boolean and appointment.status = 'no_show' then
    appointment.status := coalesce(appointment.status_before_no_show, 'scheduled');
  end if;
  return appointment;
end;
$$;
revoke all on function private.status_by_attendance(
  public.calendar_events, public.webhook_logs, jsonb) from public, anon, authenticated;
grant execute on function private.status_by_attendance(
  public.calendar_events, public.webhook_logs, jsonb) to service_role;
comment on function private.status_by_attendance(
  public.calendar_events, public.webhook_logs, jsonb) is
  'The appointment after MEETING_ENDED or BOOKING_NO_SHOW_UPDATED. person: the attendee that the '
  'delivery names, null if it is not this appointment''s.';
