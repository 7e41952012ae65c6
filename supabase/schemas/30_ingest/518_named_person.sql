-- Called by private.fold_step for deliveries that contain no whole booking.

create function private.named_person(
  appointment public.calendar_events, delivery public.webhook_logs
)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
begin
  -- Without a known booker the first attendee stands for them. Otherwise the absence of a guest
  -- does not matter.
  if appointment.seat_id is null
    and coalesce(appointment.attendee_email, appointment.attendee_phone) is null then
    return delivery.booking -> 'attendees' -> 0;
  end if;
  return private.matching_attendee(
    delivery.booking,
    coalesce(appointment.attendee_email,
      case when appointment.erased_at is not null then private.erased_email() end),
    appointment.attendee_phone);
end;
$$;
revoke all on function private.named_person(public.calendar_events, public.webhook_logs)
  from public, anon, authenticated;
grant execute on function private.named_person(public.calendar_events, public.webhook_logs)
  to service_role;
comment on function private.named_person(public.calendar_events, public.webhook_logs) is
  'The attendee in a delivery who booked this appointment; null if it names none.';
