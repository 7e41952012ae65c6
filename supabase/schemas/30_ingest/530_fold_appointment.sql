-- Computes a row of calendar_events from all deliveries of its booking, in the order in which
-- things happened, so that it does not matter in which order, or how often, they arrive. Called by
-- private.refold_appointment.

create function private.fold_appointment(appointment public.calendar_events)
returns public.calendar_events
language plpgsql
stable
set search_path = ''
as $$
declare
  seated boolean := position('#' in appointment.cal_com_event_id) > 0;
  step record;
  delivery public.webhook_logs;
  facts jsonb := '{}'::jsonb;
  person jsonb;
  match record;
  client uuid;
  client_source text;
  pet_claims uuid[] := '{}'::uuid[];
  slot text;
begin
  for step in
    select l as delivery, u.cal_com_event_id,
      seated and l.cal_com_event_id = u.booking_uid as whole_slot,
      bool_or(l.has_full_booking) over () as booked,
      row_number() over happened as position
    from public.calendar_event_uids u
    join public.webhook_logs l
      on l.cal_com_event_id = any (
        array[u.cal_com_event_id, case when seated then u.booking_uid end])
    where u.event_id = appointment.id
      and l.booking is not null and l.salon_id = appointment.salon_id
    -- A seat may come back to a slot it was in, so its ids have no order but the clock's.
    window happened as (
      order by case when not seated then u.generation end,
        l.occurred_at, l.precedence, l.delivery_key)
    order by position
  loop
    delivery := step.delivery;
    -- An appointment that BarkBook inserted has no booking to start from but its own row.
    if step.position = 1 and step.booked then
      appointment.status := null;
      appointment.status_before_no_show := null;
      appointment.cancelled_at := null;
      appointment.cancellation_reason := null;
      appointment.end_time := null;
    end if;

    -- What is said of a slot counts for the seats that are in it at the time.
    continue when seated and (step.whole_slot or not delivery.has_full_booking) and slot not in (
      delivery.booking ->> 'uid', coalesce(delivery.booking ->> 'rescheduleUid', ''));
    person := case when not delivery.has_full_booking then private.matching_attendee(
      delivery.booking, facts ->> 'attendeeEmail', facts ->> 'attendeePhone') end;
    continue when step.whole_slot and not delivery.has_full_booking and person is null
      and not (delivery.booking ->> 'wholeSlot')::boolean;

    -- What is known of the appointment: a booking overwrites, anything else fills gaps only. What was
    -- sent for a whole slot carries the answers of one booker; only time and place are common.
    if delivery.has_full_booking then
      if not step.whole_slot or slot <> split_part(step.cal_com_event_id, '#', 1) then
        appointment.cal_com_event_id := step.cal_com_event_id;
        slot := split_part(step.cal_com_event_id, '#', 1);
      end if;
      facts := facts || jsonb_strip_nulls(case
        when not step.whole_slot then delivery.booking
        else jsonb_build_object(
          'startTime', delivery.booking -> 'startTime', 'endTime', delivery.booking -> 'endTime',
          'location', delivery.booking -> 'location',
          'meetingUrl', delivery.booking -> 'meetingUrl')
      end);
      appointment.end_time := (facts ->> 'endTime')::timestamptz;
      if not step.whole_slot and delivery.occurred_at < appointment.created_at then
        appointment.created_at := delivery.occurred_at;
        appointment.synced_at := delivery.created_at;
      end if;
    elsif not step.whole_slot and delivery.webhook_type <> 'BOOKING_NO_SHOW_UPDATED' then
      facts := jsonb_strip_nulls(delivery.booking) || facts;
    end if;

    -- Whom it is for: what the app that booked says beats what a contact suggests.
    if not step.whole_slot and delivery.webhook_type <> 'BOOKING_NO_SHOW_UPDATED' then
      match := private.find_client(appointment.salon_id, delivery.booking);
      if match.client_id is not null and (client is null
        or match.link_source = 'metadata' and client_source <> 'metadata'
        or (match.link_source = 'metadata') = (client_source = 'metadata')
          and delivery.has_full_booking) then
        client := match.client_id;
        client_source := match.link_source;
      end if;
      if delivery.booking ->> 'petId' is not null then
        pet_claims := case when delivery.has_full_booking
          then (delivery.booking ->> 'petId')::uuid || pet_claims
          else pet_claims || (delivery.booking ->> 'petId')::uuid end;
      end if;
    end if;

    -- A guest who stays away is no news; without a known booker there is nothing to compare.
    if person is null and not seated
      and coalesce(facts ->> 'attendeeEmail', facts ->> 'attendeePhone') is null then
      person := delivery.booking -> 'attendees' -> 0;
    end if;
    appointment := private.status_after(appointment, delivery, person, step.whole_slot);
    appointment.last_event_at := delivery.occurred_at;
  end loop;

  appointment.title := coalesce(facts ->> 'title', appointment.title);
  appointment.description := coalesce(facts ->> 'description', appointment.description);
  appointment.start_time := coalesce((facts ->> 'startTime')::timestamptz, appointment.start_time);
  appointment.end_time := coalesce((facts ->> 'endTime')::timestamptz, appointment.end_time);
  appointment.attendee_email := coalesce(facts ->> 'attendeeEmail', appointment.attendee_email);
  appointment.attendee_phone := coalesce(
    private.e164(facts ->> 'attendeePhone'), facts ->> 'attendeePhone', appointment.attendee_phone);
  appointment.location := coalesce(facts ->> 'location', appointment.location);
  appointment.meeting_url := coalesce(facts ->> 'meetingUrl', appointment.meeting_url);
  appointment.ical_uid := coalesce(facts ->> 'icalUid', appointment.ical_uid);
  if appointment.link_source is distinct from 'manual' then
    appointment.pet_id := coalesce(
      private.find_pet(appointment.salon_id, coalesce(client, appointment.client_id), pet_claims, seated),
      case when client is null or client = appointment.client_id then appointment.pet_id end);
    appointment.client_id := coalesce(client, appointment.client_id);
    appointment.link_source := coalesce(client_source, appointment.link_source);
  end if;
  return appointment;
end;
$$;
revoke all on function private.fold_appointment(public.calendar_events)
  from public, anon, authenticated;
grant execute on function private.fold_appointment(public.calendar_events) to service_role;
comment on function private.fold_appointment(public.calendar_events) is
  'The row as all its deliveries make it. Order: reschedule by reschedule, then Cal.com''s clock, '
  'then precedence. Null never erases; a member''s own choice of client and pet stays.';
