-- Called by private.initial_appointment and private.merge_appointments.

create function private.base_of_appointment(appointment public.calendar_events)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  if appointment.fold_state is not null then
    return appointment.fold_state -> 'base';
  end if;
  return to_jsonb(appointment)
    - '{id,cal_com_event_id,salon_id,client_id,pet_id,link_source,seat_id}'::text[]
    - '{duration_minutes,updated_at,auto_completed_at,erased_at,fold_state}'::text[]
    - '{salon_note,attendance,client_response,client_responded_at}'::text[]
    || case when appointment.auto_completed_at is not null and appointment.status = 'completed'
      then '{"status": "scheduled"}' else '{}' end::jsonb;
end;
$$;
revoke all on function private.base_of_appointment(public.calendar_events)
  from public, anon, authenticated;
grant execute on function private.base_of_appointment(public.calendar_events) to service_role;
comment on function private.base_of_appointment(public.calendar_events) is
  'What BarkBook wrote about an appointment that it inserted, without its automatic completion: '
  'the fold starts from it. Null for any other appointment.';
