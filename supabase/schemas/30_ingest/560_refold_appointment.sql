-- Writes an appointment. Called for every applied delivery, and after an erasure.

create function private.refold_appointment(
  appointment uuid, salon uuid, delivery public.webhook_logs
)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  before public.calendar_events;
  after public.calendar_events;
  is_new boolean;
begin
  if position('#' in delivery.cal_com_event_id) > 0 or (delivery.booking ->> 'seated')::boolean then
    perform private.follow_slot_moves(appointment, salon);
  end if;
  select e.* into before from public.calendar_events e where e.id = appointment for update;
  is_new := before.id is null;
  after := case when is_new
    then private.new_appointment(appointment, delivery) else before end;
  -- A row that BarkBook inserted may have no salon yet.
  after.salon_id := salon;
  -- An erasure is permanent, also for a new row and for one that was merged with an erased one.
  after.erased_at := coalesce(after.erased_at, (
    select min(l.erased_at)
    from public.calendar_event_uids u
    join public.webhook_logs l on l.cal_com_event_id = u.cal_com_event_id
    where u.event_id = appointment and l.erased_at is not null
      -- Erasures by another salon under this id do not count.
      and (l.salon_id is null or l.salon_id = salon)));
  if after.erased_at is not null then
    perform private.erase_deliveries(after);
  end if;
  after := private.apply_local_decisions(
    private.fold_appointment(private.remove_local_decisions(after)));
  if is_new then
    insert into public.calendar_events values (after.*);
    return true;
  end if;
  if after is not distinct from before then
    return false;
  end if;
  update public.calendar_events e
  set cal_com_event_id = after.cal_com_event_id, salon_id = after.salon_id,
    client_id = after.client_id, pet_id = after.pet_id, link_source = after.link_source,
    title = after.title, description = after.description,
    start_time = after.start_time, end_time = after.end_time,
    status = after.status, status_before_no_show = after.status_before_no_show,
    cancelled_at = after.cancelled_at, cancellation_reason = after.cancellation_reason,
    attendee_email = after.attendee_email, attendee_phone = after.attendee_phone,
    location = after.location, meeting_url = after.meeting_url, ical_uid = after.ical_uid,
    created_at = after.created_at, synced_at = after.synced_at,
    last_event_at = after.last_event_at, auto_completed_at = after.auto_completed_at,
    erased_at = after.erased_at
  where e.id = appointment;
  return true;
end;
$$;
revoke all on function private.refold_appointment(uuid, uuid, public.webhook_logs)
  from public, anon, authenticated;
grant execute on function private.refold_appointment(uuid, uuid, public.webhook_logs)
  to service_role;
comment on function private.refold_appointment(uuid, uuid, public.webhook_logs) is
  'Creates the row of an appointment, or updates it from its deliveries. True if that changed it.';
