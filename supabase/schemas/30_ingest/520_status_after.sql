-- Called by private.fold_appointment for each delivery of an appointment, in order.

create function private.status_after(
  appointment public.calendar_events, delivery public.webhook_logs, person jsonb, whole_slot boolean
)
returns public.calendar_events
language plpgsql
stable
set search_path = ''
as $$
begin
  if delivery.webhook_type = 'BOOKING_SYNCED' then
    return private.status_by_snapshot(
      appointment, delivery.booking, delivery.occurred_at, whole_slot);
  end if;
  return private.status_by_delivery(appointment, delivery, person, whole_slot);
end;
$$;
revoke all on function private.status_after(
  public.calendar_events, public.webhook_logs, jsonb, boolean) from public, anon, authenticated;
grant execute on function private.status_after(
  public.calendar_events, public.webhook_logs, jsonb, boolean) to service_role;
comment on function private.status_after(
  public.calendar_events, public.webhook_logs, jsonb, boolean) is
  'The appointment with its status after one more delivery. person: the attendee that the delivery '
  'names, if it is this appointment''s. whole_slot: the delivery is about all seats of a slot.';
