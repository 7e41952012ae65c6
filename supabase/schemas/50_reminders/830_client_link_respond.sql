-- Called by functions/client-link.

create function public.client_link_respond(
  p_token text, p_event_id uuid, p_start timestamptz, p_response public.client_response
)
returns table (
  answer public.client_link_answer, salon_id uuid, host text, cal_com_event_id text
)
language plpgsql
set search_path = ''
as $$
declare
  appointment public.calendar_events;
begin
  salon_id := (
    select e.salon_id from private.client_link_appointments(p_token) e where e.id = p_event_id);
  perform private.share_salon(salon_id);
  -- Read again: an erasure may have ended meanwhile.
  select e.* into appointment
  from private.client_link_appointments(p_token) e
  where e.id = p_event_id and e.status <> 'cancelled';
  salon_id := appointment.salon_id;
  host := (select s.cal_com_username from public.salons s where s.id = appointment.salon_id);
  cal_com_event_id := appointment.cal_com_event_id;
  answer := case
    when appointment.id is null then 'not_found'
    when appointment.start_time <> p_start then 'moved'
    when p_response <> 'coming' and not private.client_may_change(appointment) then 'too_late'
    when private.record_client_response(p_event_id, p_start, p_response) then 'recorded'
    else 'moved'
  end::public.client_link_answer;
  return next;
end;
$$;
revoke all on function
  public.client_link_respond(text, uuid, timestamptz, public.client_response)
  from public, anon, authenticated;
grant execute on function
  public.client_link_respond(text, uuid, timestamptz, public.client_response) to service_role;
comment on function
  public.client_link_respond(text, uuid, timestamptz, public.client_response) is
  'Stores what the client answered through a link about an appointment at the start that they saw. '
  'recorded: cal_com_event_id says which booking it is; whoever moves or cancels does it in Cal.com.';
