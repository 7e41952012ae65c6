-- Called by private.apply_delivery for each appointment that a delivery is about, and after an
-- erasure.

create function private.write_appointment(
  appointment uuid, is_new boolean, from_start boolean, is_linked boolean,
  is_kept boolean, delivery public.webhook_logs
)
returns private.written_appointment
language plpgsql
set search_path = ''
as $$
declare
  before public.calendar_events;
  current public.calendar_events;
  after public.calendar_events;
  changed boolean := true;
  is_snapshot boolean := coalesce(delivery.webhook_type = 'BOOKING_SYNCED', false);
begin
  if is_new then
    current := private.new_appointment(appointment, delivery.salon_id, delivery);
  else
    select e.* into before from public.calendar_events e where e.id = appointment for update;
    if before.id is null then
      raise exception 'The appointment was merged meanwhile'
        using errcode = 'serialization_failure';
    end if;
    current := before;
    -- A row that BarkBook inserted may have no salon yet.
    current.salon_id := coalesce(delivery.salon_id, before.salon_id);
  end if;
  if current.seat_id is not null and delivery.id is not null
    and private.follow_slot_moves(appointment, delivery) then
    from_start := true;
  end if;
  if delivery.erased_at is not null and delivery.seat_id = coalesce(current.seat_id, '') then
    current.erased_at := coalesce(current.erased_at, delivery.erased_at);
  end if;
  if from_start then
    current.erased_at := coalesce(
      current.erased_at, private.erased_under_uids(appointment, current.salon_id));
  end if;
  if current.erased_at is not null then
    if from_start then
      perform private.erase_deliveries(current);
    end if;
    delivery := private.erased_delivery(delivery, current);
  end if;

  after := private.fold_appointment(current, delivery, is_new, from_start);
  if is_new then
    insert into public.calendar_events values (after.*);
    return (after, delivery, changed);
  end if;
  changed := is_linked or private.shows_change(before, after, is_snapshot);
  if is_snapshot and not changed and not is_kept then
    return (before, delivery, changed);
  end if;
  if after is not distinct from before then
    return (after, delivery, changed);
  end if;
  -- A superseded delivery changes nothing that anybody sees.
  after.updated_at := case when private.shows_change(before, after, false)
    then now() else before.updated_at end;
  update public.calendar_events e
  set cal_com_event_id = after.cal_com_event_id, salon_id = after.salon_id,
    client_id = after.client_id, pet_id = after.pet_id, link_source = after.link_source,
    title = after.title, description = after.description,
    start_time = after.start_time, end_time = after.end_time,
    status = after.status, status_before_no_show = after.status_before_no_show,
    cancelled_at = after.cancelled_at, cancellation_reason = after.cancellation_reason,
    attendee_name = after.attendee_name, attendee_email = after.attendee_email,
    attendee_phone = after.attendee_phone, location = after.location,
    meeting_url = after.meeting_url, ical_uid = after.ical_uid,
    host_username = after.host_username, host_name = after.host_name, seat_id = after.seat_id,
    created_at = after.created_at, synced_at = after.synced_at,
    last_event_at = after.last_event_at, auto_completed_at = after.auto_completed_at,
    erased_at = after.erased_at, fold_state = after.fold_state, salon_note = after.salon_note,
    attendance = after.attendance, client_response = after.client_response,
    client_responded_at = after.client_responded_at,
    duration_minutes = after.duration_minutes, updated_at = after.updated_at
  where e.id = appointment;
  return (after, delivery, changed);
end;
$$;
revoke all on function private.write_appointment(
  uuid, boolean, boolean, boolean, boolean, public.webhook_logs)
  from public, anon, authenticated;
grant execute on function private.write_appointment(
  uuid, boolean, boolean, boolean, boolean, public.webhook_logs)
  to service_role;
comment on function private.write_appointment(
  uuid, boolean, boolean, boolean, boolean, public.webhook_logs) is
  'Creates the row of an appointment (is_new), or updates it, with one more delivery. from_start: '
  'folds all its deliveries. is_linked: its chain of uids grew. is_kept: the delivery stays in the '
  'log, even if it is a snapshot that changes nothing here. delivery: null after an erasure.';
