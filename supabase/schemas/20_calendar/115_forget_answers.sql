-- Called by private.derive_appointment_columns and private.recall_answers.

create function private.forget_answers(appointment public.calendar_events)
returns public.calendar_events
language plpgsql
immutable
set search_path = ''
as $$
begin
  appointment.attendance := null;
  appointment.client_response := null;
  appointment.client_responded_at := null;
  return appointment;
end;
$$;
revoke all on function private.forget_answers(public.calendar_events)
  from public, anon, authenticated;
grant execute on function private.forget_answers(public.calendar_events) to service_role;
comment on function private.forget_answers(public.calendar_events) is
  'The appointment without what staff and the client said about its start.';
