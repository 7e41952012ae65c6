-- Called by private.fold_step.

create function private.concerns_appointment(
  appointment public.calendar_events, delivery public.webhook_logs, person jsonb
)
returns boolean
language plpgsql
immutable
set search_path = ''
as $$
declare
  slot text := appointment.fold_state ->> 'uid';
  in_slot_since timestamptz := (appointment.fold_state ->> 'inSlotSince')::timestamptz;
begin
  if appointment.seat_id is null or delivery.seat_id <> '' then
    return true;
  end if;
  if slot is null
    or slot not in (delivery.booking_uid, coalesce(delivery.booking ->> 'rescheduleUid', '')) then
    return false;
  end if;
  -- A seat that was taken later has all that was known of the slot by then, and somebody who gave up a
  -- seat may have taken another one in the same slot. A slot that was cancelled has no later seats.
  return delivery.webhook_type in ('BOOKING_CANCELLED', 'BOOKING_REJECTED')
      and (delivery.booking ->> 'wholeSlot')::boolean
    or ((delivery.booking ->> 'wholeSlot')::boolean or person is not null)
      and delivery.occurred_at + 2 * private.stamp_tolerance() > in_slot_since;
end;
$$;
revoke all on function private.concerns_appointment(
  public.calendar_events, public.webhook_logs, jsonb) from public, anon, authenticated;
grant execute on function private.concerns_appointment(
  public.calendar_events, public.webhook_logs, jsonb) to service_role;
comment on function private.concerns_appointment(
  public.calendar_events, public.webhook_logs, jsonb) is
  'Whether a delivery is about this appointment. One about a slot is about the seats that are in '
  'it then; one that names an attendee only about theirs. person: that attendee, if it is this '
  'appointment''s.';
