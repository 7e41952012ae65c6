-- Called by private.fold_appointment and private.merge_salon_data.

create function private.answers_of(appointment public.calendar_events)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  answers jsonb := coalesce(appointment.fold_state -> 'answers', '[]'::jsonb);
begin
  if appointment.attendance is not null then
    answers := answers || jsonb_build_object('start', appointment.start_time,
      'attendance', appointment.attendance, 'at', appointment.fold_state -> 'attendanceAt');
  end if;
  if appointment.client_response is not null then
    answers := answers || jsonb_build_object('start', appointment.start_time,
      'response', appointment.client_response, 'at', appointment.client_responded_at);
  end if;
  return answers;
end;
$$;
revoke all on function private.answers_of(public.calendar_events)
  from public, anon, authenticated;
grant execute on function private.answers_of(public.calendar_events) to service_role;
comment on function private.answers_of(public.calendar_events) is
  'All that staff and the client said about an appointment: an array of {start, attendance, at} and '
  '{start, response, at}, with the start that each is about and when it was said.';
