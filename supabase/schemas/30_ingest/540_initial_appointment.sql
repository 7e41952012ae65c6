-- Called by private.refold_appointment.

create function private.initial_appointment(
  appointment public.calendar_events, is_booked boolean
)
returns public.calendar_events
language plpgsql
stable
set search_path = ''
as $$
declare
  initial public.calendar_events;
  base jsonb := private.base_of_appointment(appointment);
begin
  if appointment.erased_at is not null then
    base := base - '{title,description,attendee_name,attendee_email,attendee_phone}'::text[]
      - '{location,meeting_url,cancellation_reason}'::text[];
  end if;
  if is_booked then
    base := base - '{status,status_before_no_show,cancelled_at,cancellation_reason}'::text[];
  end if;
  initial.title := 'Wizyta';
  initial := jsonb_populate_record(initial, coalesce(base, '{}'::jsonb));
  initial.id := appointment.id;
  initial.cal_com_event_id := appointment.cal_com_event_id;
  initial.seat_id := appointment.seat_id;
  initial.salon_id := appointment.salon_id;
  initial.client_id := appointment.client_id;
  initial.pet_id := appointment.pet_id;
  initial.link_source := appointment.link_source;
  initial.erased_at := appointment.erased_at;
  initial.auto_completed_at := appointment.auto_completed_at;
  initial.updated_at := appointment.updated_at;
  initial.salon_note := appointment.salon_note;
  initial.fold_state := jsonb_strip_nulls(jsonb_build_object('claims', '[]'::jsonb, 'base', base,
    'generation', case when base is not null then 0 end));
  return initial;
end;
$$;
revoke all on function private.initial_appointment(public.calendar_events, boolean)
  from public, anon, authenticated;
grant execute on function private.initial_appointment(public.calendar_events, boolean)
  to service_role;
comment on function private.initial_appointment(public.calendar_events, boolean) is
  'The row of an appointment before its first delivery: empty, or as BarkBook inserted it. What '
  'was decided here stays: a link to a client and pet, a note, an automatic completion, an '
  'erasure. What staff and the client said comes back after the fold: private.recall_answers. '
  'is_booked: some delivery contains the whole booking, so that the status starts from nothing.';
