-- Called by client_link_respond and sms_receive_reply, which have locked the salon.

create function private.record_client_response(
  event uuid, starts_at timestamptz, response public.client_response
)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  appointment public.calendar_events;
begin
  -- Waits for a delivery that moves or cancels it.
  select e.* into appointment
  from public.calendar_events e
  where e.id = event and e.start_time = starts_at
    and e.status in ('pending', 'scheduled', 'confirmed')
  for no key update;
  if not found then
    return false;
  elsif appointment.client_response is distinct from response then
    update public.calendar_events e
    set client_response = response, client_responded_at = private.app_now()
    where e.id = event;
    insert into public.salon_activity (salon_id, event_id, client_id, action)
    values (appointment.salon_id, event, appointment.client_id,
      private.action_of_response(response));
  end if;
  return true;
end;
$$;
revoke all on function
  private.record_client_response(uuid, timestamptz, public.client_response)
  from public, anon, authenticated;
grant execute on function
  private.record_client_response(uuid, timestamptz, public.client_response) to service_role;
comment on function
  private.record_client_response(uuid, timestamptz, public.client_response) is
  'Stores what a client answered about an appointment at that start, and when. The same answer '
  'again changes nothing. Returns whether there is such an appointment.';
