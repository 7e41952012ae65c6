-- Called by the functions below that members call.

create function private.require_appointment(p_event_id uuid)
returns public.calendar_events
language plpgsql
set search_path = ''
as $$
declare
  appointment public.calendar_events;
begin
  select e.* into appointment
  from public.calendar_events e
  where e.id = p_event_id and e.salon_id = any (private.salon_ids());
  if appointment.id is null then
    raise exception 'There is no such appointment'
      using errcode = 'PT404', hint = 'Look up the id in appointments.';
  end if;
  -- Salon, row, planner: as an erasure and a merge lock them. The row is locked by the foreign key
  -- of what private.record_action writes.
  perform private.share_salon(appointment.salon_id);
  perform from public.calendar_events e where e.id = p_event_id for key share;
  -- Excludes the planner and a merge: each would miss what the other writes.
  perform pg_advisory_xact_lock(private.lock_key('sms_plan', appointment.salon_id::text));
  select e.* into appointment
  from public.calendar_events e
  where e.id = p_event_id and e.status in ('scheduled', 'confirmed')
    and e.start_time > private.app_now();
  if appointment.id is null then
    raise exception 'The appointment does not take place any more'
      using errcode = 'PT422', detail = 'appointment_over', hint = 'Reload the appointments.';
  end if;
  return appointment;
end;
$$;
revoke all on function private.require_appointment(uuid) from public, anon, authenticated;
comment on function private.require_appointment(uuid) is
  'The coming appointment of a salon of the caller, whose reminders nobody plans until the end of '
  'the transaction. For others it does not exist: PT404. PT422 if it is over or cancelled.';
