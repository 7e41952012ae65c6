-- Computes a row of calendar_events from all deliveries of its booking, in the order in which
-- things happened, so that it does not matter in which order, or how often, they arrive. Called by
-- private.refold_event.

create function private.fold_event(event public.calendar_events)
returns public.calendar_events
language plpgsql
stable
set search_path = ''
as $$
declare
  seated boolean := position('#' in event.cal_com_event_id) > 0;
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
      bool_or(l.books_a_time) over () as booked,
      row_number() over happened as position
    from public.calendar_event_uids u
    join public.webhook_logs l
      on l.cal_com_event_id = any (
        array[u.cal_com_event_id, case when seated then u.booking_uid end])
    where u.event_id = event.id
      and l.booking is not null and l.salon_id = event.salon_id
    -- A seat may come back to a slot it was in, so its ids have no order but the clock's.
    window happened as (
      order by case when not seated then u.generation end,
        l.occurred_at, l.precedence, l.delivery_key)
    order by position
  loop
    delivery := step.delivery;
    -- A visit that BarkBook inserted has no booking to start from but its own row.
    if step.position = 1 and step.booked then
      event.status := null;
      event.status_before_no_show := null;
      event.cancelled_at := null;
      event.cancellation_reason := null;
      event.end_time := null;
    end if;

    -- What is said of a slot counts for the seats that are in it at the time.
    continue when seated and (step.whole_slot or not delivery.books_a_time) and slot not in (
      delivery.booking ->> 'uid', coalesce(delivery.booking ->> 'rescheduleUid', ''));
    person := case when not delivery.books_a_time then private.names_attendee(
      delivery.booking, facts ->> 'attendeeEmail', facts ->> 'attendeePhone') end;
    continue when step.whole_slot and not delivery.books_a_time and person is null
      and not (delivery.booking ->> 'wholeSlot')::boolean;

    -- What is known of the visit: a booking overwrites, anything else fills gaps only. What was
    -- sent for a whole slot carries the answers of one booker; only time and place are common.
    if delivery.books_a_time then
      if not step.whole_slot or slot <> split_part(step.cal_com_event_id, '#', 1) then
        event.cal_com_event_id := step.cal_com_event_id;
        slot := split_part(step.cal_com_event_id, '#', 1);
      end if;
      facts := facts || jsonb_strip_nulls(case
        when not step.whole_slot then delivery.booking
        else jsonb_build_object(
          'startTime', delivery.booking -> 'startTime', 'endTime', delivery.booking -> 'endTime',
          'location', delivery.booking -> 'location',
          'meetingUrl', delivery.booking -> 'meetingUrl')
      end);
      event.end_time := (facts ->> 'endTime')::timestamptz;
      if not step.whole_slot and delivery.occurred_at < event.created_at then
        event.created_at := delivery.occurred_at;
        event.synced_at := delivery.created_at;
      end if;
    elsif not step.whole_slot and delivery.webhook_type <> 'BOOKING_NO_SHOW_UPDATED' then
      facts := jsonb_strip_nulls(delivery.booking) || facts;
    end if;

    -- Whom it is for: what the app that booked says beats what a contact suggests.
    if not step.whole_slot and delivery.webhook_type <> 'BOOKING_NO_SHOW_UPDATED' then
      match := private.find_client(event.salon_id, delivery.booking);
      if match.client_id is not null and (client is null
        or match.link_source = 'metadata' and client_source <> 'metadata'
        or (match.link_source = 'metadata') = (client_source = 'metadata')
          and delivery.books_a_time) then
        client := match.client_id;
        client_source := match.link_source;
      end if;
      if delivery.booking ->> 'petId' is not null then
        pet_claims := case when delivery.books_a_time
          then (delivery.booking ->> 'petId')::uuid || pet_claims
          else pet_claims || (delivery.booking ->> 'petId')::uuid end;
      end if;
    end if;

    -- A guest who stays away is no news; without a known booker there is nothing to compare.
    if person is null and not seated
      and coalesce(facts ->> 'attendeeEmail', facts ->> 'attendeePhone') is null then
      person := delivery.booking -> 'attendees' -> 0;
    end if;
    event := private.status_after(event, delivery, person, step.whole_slot);
    event.last_event_at := delivery.occurred_at;
  end loop;

  event.title := coalesce(facts ->> 'title', event.title);
  event.description := coalesce(facts ->> 'description', event.description);
  event.start_time := coalesce((facts ->> 'startTime')::timestamptz, event.start_time);
  event.end_time := coalesce((facts ->> 'endTime')::timestamptz, event.end_time);
  event.attendee_email := coalesce(facts ->> 'attendeeEmail', event.attendee_email);
  event.attendee_phone := coalesce(
    private.e164(facts ->> 'attendeePhone'), facts ->> 'attendeePhone', event.attendee_phone);
  event.location := coalesce(facts ->> 'location', event.location);
  event.meeting_url := coalesce(facts ->> 'meetingUrl', event.meeting_url);
  event.ical_uid := coalesce(facts ->> 'icalUid', event.ical_uid);
  if event.link_source is distinct from 'manual' then
    event.pet_id := coalesce(
      private.find_pet(event.salon_id, coalesce(client, event.client_id), pet_claims, seated),
      case when client is null or client = event.client_id then event.pet_id end);
    event.client_id := coalesce(client, event.client_id);
    event.link_source := coalesce(client_source, event.link_source);
  end if;
  return event;
end;
$$;
revoke all on function private.fold_event(public.calendar_events)
  from public, anon, authenticated;
grant execute on function private.fold_event(public.calendar_events) to service_role;
comment on function private.fold_event(public.calendar_events) is
  'The row as all its deliveries make it. Order: reschedule by reschedule, then Cal.com''s clock, '
  'then precedence. Null never erases; a member''s own choice of client and pet stays.';
