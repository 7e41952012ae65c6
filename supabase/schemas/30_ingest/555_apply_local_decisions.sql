-- Called by private.fold_appointment after the fold.

create function private.apply_local_decisions(appointment public.calendar_events)
returns public.calendar_events
language plpgsql
immutable
set search_path = ''
as $$
begin
  appointment.fold_state := appointment.fold_state || jsonb_build_object(
    'status', appointment.status, 'statusBeforeNoShow', appointment.status_before_no_show);
  appointment.status := coalesce(appointment.status, 'scheduled');
  appointment.duration_minutes := round(
    extract(epoch from appointment.end_time - appointment.start_time) / 60);
  if appointment.auto_completed_at is not null then
    if appointment.end_time > appointment.auto_completed_at
      or appointment.status not in ('scheduled', 'confirmed', 'no_show') then
      appointment.auto_completed_at := null;
    elsif appointment.status = 'no_show' then
      appointment.status_before_no_show := 'completed';
    else
      appointment.status := 'completed';
    end if;
  end if;
  if appointment.attendance = 'completed' then
    appointment.status := 'completed';
    appointment.status_before_no_show := null;
  elsif appointment.attendance = 'no_show' and appointment.status <> 'no_show' then
    appointment.status_before_no_show := appointment.status;
    appointment.status := 'no_show';
  end if;
  appointment.attendee_email := nullif(appointment.attendee_email, private.erased_email());
  if appointment.erased_at is not null then
    appointment.title := 'Wizyta';
    appointment.description := null;
    appointment.attendee_name := null;
    appointment.attendee_email := null;
    appointment.attendee_phone := null;
    appointment.location := null;
    appointment.meeting_url := null;
    appointment.cancellation_reason := null;
    appointment.salon_note := null;
    appointment.ical_uid := substring(appointment.ical_uid from '^[^@]+@Cal\.com$');
  end if;
  return appointment;
end;
$$;
revoke all on function private.apply_local_decisions(public.calendar_events)
  from public, anon, authenticated;
grant execute on function private.apply_local_decisions(public.calendar_events) to service_role;
comment on function private.apply_local_decisions(public.calendar_events) is
  'The folded appointment with what was decided outside Cal.com: its automatic completion, what '
  'staff say about who came, and an erasure. The status by Cal.com is kept in fold_state.';
