-- Called by private.fold_step.

create function private.fold_facts(
  appointment public.calendar_events, delivery public.webhook_logs, whole_slot boolean
)
returns public.calendar_events
language plpgsql
stable
set search_path = ''
as $$
declare
  new jsonb := delivery.booking;
  old public.calendar_events := appointment;
  is_full boolean := private.has_full_booking(delivery.webhook_type);
  phone text := coalesce(private.e164(new ->> 'attendeePhone'), new ->> 'attendeePhone');
begin
  -- A snapshot of a cancelled slot is folded last, although its seats may have moved since.
  if is_full and not (whole_slot
    and coalesce(new -> 'snapshot' ->> 'status' in ('cancelled', 'rejected'), false)) then
    appointment.start_time := coalesce((new ->> 'startTime')::timestamptz, old.start_time);
    appointment.end_time := coalesce((new ->> 'endTime')::timestamptz, old.end_time);
    if appointment.start_time <> old.start_time then
      appointment.fold_state := appointment.fold_state
        || jsonb_build_object('movedAt', delivery.occurred_at);
    end if;
    appointment.location := coalesce(new ->> 'location', old.location);
    appointment.meeting_url := coalesce(new ->> 'meetingUrl', case
      -- The link belonged to the old place.
      when delivery.webhook_type <> 'BOOKING_LOCATION_UPDATED' or new ->> 'location' is null
        then old.meeting_url end);
    -- Another person, who may have no account and therefore only a name.
    if new ->> 'hostUsername' <> old.host_username
      or new ->> 'hostUsername' is null and new ->> 'hostName' <> old.host_name then
      appointment.host_username := null;
      appointment.host_name := null;
    end if;
    appointment.host_username := coalesce(new ->> 'hostUsername', appointment.host_username);
    appointment.host_name := coalesce(new ->> 'hostName', appointment.host_name);
  end if;
  -- The rest of a delivery about a whole slot is about one of its bookers, or nobody.
  if whole_slot or delivery.webhook_type = 'BOOKING_NO_SHOW_UPDATED' then
    return appointment;
  end if;

  if is_full then
    appointment.title := coalesce(new ->> 'title', old.title);
    appointment.description := coalesce(new ->> 'description', old.description);
    appointment.attendee_name := coalesce(new ->> 'attendeeName', old.attendee_name);
    appointment.attendee_email := coalesce(new ->> 'attendeeEmail', old.attendee_email);
    appointment.attendee_phone := coalesce(phone, old.attendee_phone);
    appointment.ical_uid := coalesce(new ->> 'icalUid', old.ical_uid);
    -- Stamps are late, so the earliest is the best; a snapshot has the exact time.
    appointment.created_at := least(old.created_at, coalesce(
      (new -> 'snapshot' ->> 'createdAt')::timestamptz, delivery.occurred_at));
    appointment.synced_at := least(old.synced_at, delivery.created_at);
  else
    appointment.description := coalesce(old.description, new ->> 'description');
    appointment.start_time := coalesce(old.start_time, (new ->> 'startTime')::timestamptz);
    appointment.end_time := coalesce(old.end_time, (new ->> 'endTime')::timestamptz);
    appointment.attendee_name := coalesce(old.attendee_name, new ->> 'attendeeName');
    appointment.attendee_email := coalesce(old.attendee_email, new ->> 'attendeeEmail');
    appointment.attendee_phone := coalesce(old.attendee_phone, phone);
    appointment.location := coalesce(old.location, new ->> 'location');
    appointment.meeting_url := coalesce(old.meeting_url, new ->> 'meetingUrl');
    if coalesce(old.host_username, old.host_name) is null then
      appointment.host_username := new ->> 'hostUsername';
      appointment.host_name := new ->> 'hostName';
    end if;
    appointment.ical_uid := coalesce(old.ical_uid, new ->> 'icalUid');
  end if;
  appointment.fold_state := appointment.fold_state || jsonb_build_object('claims',
    private.with_claim(appointment.fold_state -> 'claims', new, is_full));
  return appointment;
end;
$$;
revoke all on function private.fold_facts(public.calendar_events, public.webhook_logs, boolean)
  from public, anon, authenticated;
grant execute on function private.fold_facts(public.calendar_events, public.webhook_logs, boolean)
  to service_role;
comment on function private.fold_facts(public.calendar_events, public.webhook_logs, boolean) is
  'The appointment with what a delivery says about it, apart from its status. A whole booking '
  'overwrites, anything else fills gaps, and null never erases a value. Of a delivery about a '
  'whole slot, only the time, the place and the host apply.';
