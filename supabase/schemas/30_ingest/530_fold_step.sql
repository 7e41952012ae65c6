-- Adds one delivery to an appointment. Called by private.fold_appointment.

create function private.fold_step(
  appointment public.calendar_events, delivery public.webhook_logs, generation integer
)
returns public.calendar_events
language plpgsql
stable
set search_path = ''
as $$
declare
  is_full boolean := private.has_full_booking(delivery.webhook_type);
  whole_slot boolean := appointment.seat_id is not null and delivery.seat_id = '';
  person jsonb;
begin
  -- A cancellation, an end and a no-show hide it.
  if 'confirmed' in (appointment.status, appointment.status_before_no_show) then
    appointment.fold_state := appointment.fold_state || '{"wasConfirmed": true}'::jsonb;
  end if;
  if generation is distinct from (appointment.fold_state ->> 'generation')::integer then
    appointment := private.start_generation(appointment, generation);
  end if;
  appointment.fold_state := appointment.fold_state
    || jsonb_build_object('position', private.fold_position(delivery, generation));
  if not is_full then
    person := private.named_person(appointment, delivery);
  end if;
  if not private.concerns_appointment(appointment, delivery, person) then
    return appointment;
  end if;
  if is_full then
    appointment := private.fold_uid(appointment, delivery, whole_slot);
  end if;
  appointment := private.fold_facts(appointment, delivery, whole_slot);
  appointment := private.fold_status(appointment, delivery, person, whole_slot);
  if delivery.webhook_type <> 'BOOKING_SYNCED' then
    appointment.last_event_at := greatest(appointment.last_event_at, delivery.occurred_at);
  end if;
  return appointment;
end;
$$;
revoke all on function private.fold_step(public.calendar_events, public.webhook_logs, integer)
  from public, anon, authenticated;
grant execute on function private.fold_step(public.calendar_events, public.webhook_logs, integer)
  to service_role;
comment on function private.fold_step(public.calendar_events, public.webhook_logs, integer) is
  'The appointment after one more delivery, which comes last by private.fold_position. Reads '
  'nothing but its arguments. generation: of the uid that the delivery is about. What the row does '
  'not say is in fold_state: position and generation of the last delivery; status and '
  'statusBeforeNoShow by Cal.com; claims (see private.with_claim); of a seat, uid and inSlotSince '
  '(the slot it is in and the stamp of the delivery that says so); accepted (the booking is '
  'confirmed or needs no confirmation), wasConfirmed (the appointment was confirmed, perhaps under '
  'an earlier uid), liveAsOf and liveSince (the newest snapshot that shows it alive, and when '
  'Cal.com last changed it); base (a row that BarkBook inserted); movedAt (the stamp of its last '
  'move), answers (what was said about other starts) and attendanceAt (when staff said '
  'attendance): see private.recall_answers.';
