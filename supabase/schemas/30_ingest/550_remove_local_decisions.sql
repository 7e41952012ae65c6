-- Called by private.fold_appointment before a step, and by private.show_attendance.

create function private.remove_local_decisions(appointment public.calendar_events)
returns public.calendar_events
language plpgsql
immutable
set search_path = ''
as $$
begin
  appointment.status := appointment.fold_state ->> 'status';
  appointment.status_before_no_show := appointment.fold_state ->> 'statusBeforeNoShow';
  return appointment;
end;
$$;
revoke all on function private.remove_local_decisions(public.calendar_events)
  from public, anon, authenticated;
grant execute on function private.remove_local_decisions(public.calendar_events) to service_role;
comment on function private.remove_local_decisions(public.calendar_events) is
  'The appointment with the status that Cal.com''s deliveries gave it, without an automatic '
  'completion and without what staff say about who came.';
