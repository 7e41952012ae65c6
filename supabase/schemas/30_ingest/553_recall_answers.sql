-- Called by private.fold_appointment after the fold.

create function private.recall_answers(appointment public.calendar_events, answers jsonb)
returns public.calendar_events
language plpgsql
stable
set search_path = ''
as $$
declare
  answer jsonb;
  wishes_since timestamptz;
  set_aside jsonb := '[]'::jsonb;
begin
  if answers = '[]'::jsonb then
    return appointment;
  end if;
  -- A wish to move or cancel is over once the appointment moved, even if it returns.
  wishes_since := (appointment.fold_state ->> 'movedAt')::timestamptz - private.stamp_tolerance();
  appointment := private.forget_answers(appointment);
  appointment.fold_state := appointment.fold_state - '{answers,attendanceAt}'::text[];
  for answer in
    select a.value from jsonb_array_elements(answers) with ordinality a (value, position)
    order by (a.value ->> 'at')::timestamptz nulls first, a.position
  loop
    if (answer ->> 'start')::timestamptz <> appointment.start_time
      or coalesce(answer ->> 'response' <> 'coming'
        and (answer ->> 'at')::timestamptz < wishes_since, false) then
      set_aside := set_aside || answer;
    elsif answer ? 'attendance' then
      appointment.attendance := (answer ->> 'attendance')::public.appointment_attendance;
      appointment.fold_state := appointment.fold_state
        || jsonb_build_object('attendanceAt', answer -> 'at');
    else
      appointment.client_response := (answer ->> 'response')::public.client_response;
      appointment.client_responded_at := (answer ->> 'at')::timestamptz;
    end if;
  end loop;
  if set_aside <> '[]'::jsonb then
    appointment.fold_state := appointment.fold_state || jsonb_build_object('answers', set_aside);
  end if;
  return appointment;
end;
$$;
revoke all on function private.recall_answers(public.calendar_events, jsonb)
  from public, anon, authenticated;
grant execute on function private.recall_answers(public.calendar_events, jsonb) to service_role;
comment on function private.recall_answers(public.calendar_events, jsonb) is
  'The folded appointment with what staff and the client said last about its start. What they said '
  'about other starts is set aside in fold_state: the appointment may turn out to be there after '
  'all. So is a wish to move or cancel that is older than the last move. answers: see '
  'private.answers_of.';
