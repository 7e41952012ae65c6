-- Called by private.fold_appointment.

create function private.link_appointment(appointment public.calendar_events)
returns public.calendar_events
language plpgsql
stable
set search_path = ''
as $$
declare
  claims jsonb := coalesce(appointment.fold_state -> 'claims', '[]'::jsonb);
  seated boolean := appointment.seat_id is not null;
  match record;
begin
  if appointment.link_source = 'manual' or claims = '[]'::jsonb then
    return appointment;
  end if;
  match := private.find_client(appointment.salon_id, claims, seated);
  appointment.pet_id := coalesce(
    private.find_pet(
      appointment.salon_id, coalesce(match.client_id, appointment.client_id), claims, seated),
    case when match.client_id is null or match.client_id = appointment.client_id
      then appointment.pet_id end);
  appointment.client_id := coalesce(match.client_id, appointment.client_id);
  appointment.link_source := coalesce(match.link_source, appointment.link_source);
  return appointment;
end;
$$;
revoke all on function private.link_appointment(public.calendar_events)
  from public, anon, authenticated;
grant execute on function private.link_appointment(public.calendar_events) to service_role;
comment on function private.link_appointment(public.calendar_events) is
  'The appointment with the client and pet that its claims name, or that match its contact. A '
  'link that a member chose stays. So does a link that no claim supports any more.';
