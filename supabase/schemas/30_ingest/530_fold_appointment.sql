-- Computes a row of calendar_events from all deliveries of its booking, in the order in which
-- things happened, so that neither the order of arrival nor repetition matters. Called by
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
  client_source public.link_source;
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
    -- A seat may return to a slot, so its ids can be ordered only by time.
    window happened as (
      order by case when not seated then u.generation end,
        l.occurred_at, l.precedence, l.delivery_key)
    order by position
  loop
    delivery := step.delivery;
    -- Start from nothing if any delivery has a whole booking. Otherwise BarkBook inserted the row,
    -- and it is all there is to start from.
    if step.position = 1 and step.booked then
      appointment.status := null;
      appointment.status_before_no_show := null;
      appointment.cancelled_at := null;
      appointment.cancellation_reason := null;
      appointment.end_time := null;
    end if;

    -- Skip a delivery about a slot that the seat is not in at that time, or about another attendee.
    continue when seated and (step.whole_slot or not delivery.has_full_booking) and slot not in (
      delivery.booking ->> 'uid', coalesce(delivery.booking ->> 'rescheduleUid', ''));
    person := case when not delivery.has_full_booking then private.matching_attendee(
      delivery.booking, facts ->> 'attendeeEmail', facts ->> 'attendeePhone') end;
    continue when step.whole_slot and not delivery.has_full_booking and person is null
      and not (delivery.booking ->> 'wholeSlot')::boolean;

    -- Collect the facts: a whole booking overwrites, anything else fills gaps. A delivery about a
    -- whole slot has the answers of one booker, so only its time and place apply.
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

    -- Find the client and the pet: metadata from the app that booked beats a matching contact.
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

    -- Compute the status. Without a known booker the first attendee stands for them; otherwise the
    -- absence of a guest does not matter.
    if person is null and not seated
      and coalesce(facts ->> 'attendeeEmail', facts ->> 'attendeePhone') is null then
      person := delivery.booking -> 'attendees' -> 0;
    end if;
    appointment := private.status_after(appointment, delivery, person, step.whole_slot);
    appointment.last_event_at := delivery.occurred_at;
  end loop;

  -- Write the facts and the links into the row.
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
      private.find_pet(
        appointment.salon_id, coalesce(client, appointment.client_id), pet_claims, seated),
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
  'The row of an appointment, computed from all its deliveries: chains of reschedules in order, '
  'then by Cal.com''s clock, then by precedence. A null never overwrites a value. A client and pet '
  'that a member chose stay.';
