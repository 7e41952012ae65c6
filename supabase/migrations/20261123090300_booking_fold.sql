-- What a visit looks like after everything Cal.com said about it.
-- A row of calendar_events is a fold over the deliveries of its booking, in the order in which
-- things happened: so it does not matter in which order, or how often, they arrive.
-- Objects: private.names_attendee, private.find_client, private.find_pet, private.fold_event.
-- Destructive: no. Undo: drop these functions.

create function private.names_attendee(booking jsonb, email text, phone text)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  attendee jsonb;
begin
  for attendee in select jsonb_array_elements(booking -> 'attendees') loop
    if attendee ->> 'email' = email
      or private.e164(attendee ->> 'phone') = private.e164(phone) then
      return attendee;
    end if;
  end loop;
  return null;
end;
$$;
revoke all on function private.names_attendee(jsonb, text, text) from public, anon, authenticated;
grant execute on function private.names_attendee(jsonb, text, text) to service_role;
comment on function private.names_attendee(jsonb, text, text) is
  'The entry of a booking''s attendees that is this person, by e-mail or phone; null if none is.';

create function private.find_client(
  salon uuid, booking jsonb, out client_id uuid, out link_source text
)
language plpgsql
stable
set search_path = ''
as $$
declare
  claimed uuid := (booking ->> 'clientId')::uuid;
  booker_phone text := private.e164(booking ->> 'attendeePhone');
  booker_email text := booking ->> 'attendeeEmail';
  matches uuid[];
begin
  -- Every seat inherits the metadata of the first booker, so there it must fit the attendee.
  if claimed is not null then
    select c.id, 'metadata' into client_id, link_source
    from public.clients c
    where c.id = claimed and c.salon_id = salon
      and (not (booking ->> 'seated')::boolean
        or private.e164(c.phone_number) = booker_phone or lower(c.email) = booker_email);
  end if;
  if client_id is null and booker_phone is not null then
    matches := array(
      select c.id from public.clients c
      where c.salon_id = salon and private.e164(c.phone_number) = booker_phone limit 2);
    if cardinality(matches) = 1 then
      client_id := matches[1];
      link_source := 'phone';
    end if;
  end if;
  if client_id is null and booker_email is not null then
    matches := array(
      select c.id from public.clients c
      where c.salon_id = salon and lower(c.email) = booker_email limit 2);
    if cardinality(matches) = 1 then
      client_id := matches[1];
      link_source := 'email';
    end if;
  end if;
end;
$$;
revoke all on function private.find_client(uuid, jsonb) from public, anon, authenticated;
grant execute on function private.find_client(uuid, jsonb) to service_role;
comment on function private.find_client(uuid, jsonb) is
  'The salon''s client a booking is for. Metadata comes from the address line of a public page, '
  'so it is believed only within the salon; then phone, then e-mail, if exactly one client fits.';

create function private.find_pet(salon uuid, client uuid, claims uuid[], seated boolean)
returns uuid
language plpgsql
stable
set search_path = ''
as $$
declare
  pet uuid;
  pets uuid[];
begin
  if cardinality(claims) > 0 then
    select p.id into pet
    from unnest(claims) with ordinality as claim (pet_id, position)
    join public.pets p on p.id = claim.pet_id and p.salon_id = salon
    where exists (
        select from public.client_pets cp where cp.pet_id = p.id and cp.client_id = client)
      or not seated and (client is null
        or not exists (select from public.client_pets cp where cp.pet_id = p.id))
    order by claim.position desc
    limit 1;
  end if;
  if pet is null and client is not null then
    pets := array(
      select cp.pet_id from public.client_pets cp where cp.client_id = client limit 2);
    if cardinality(pets) = 1 then
      pet := pets[1];
    end if;
  end if;
  return pet;
end;
$$;
revoke all on function private.find_pet(uuid, uuid, uuid[], boolean)
  from public, anon, authenticated;
grant execute on function private.find_pet(uuid, uuid, uuid[], boolean) to service_role;
comment on function private.find_pet(uuid, uuid, uuid[], boolean) is
  'The pet a visit is for: the newest claim that is a pet of the salon and of nobody but the '
  'client, else the only pet of the client.';

create function private.fold_event(event public.calendar_events)
returns public.calendar_events
language plpgsql
stable
set search_path = ''
as $$
declare
  seated boolean := position('#' in event.cal_com_event_id) > 0;
  facts jsonb := '{}'::jsonb;
  pet_claims uuid[] := '{}'::uuid[];
  claim record;
  client uuid;
  client_source text;
  before_no_show text;
  delivery record;
  person jsonb;
begin
  for delivery in
    select l.webhook_type as trigger, l.booking, l.occurred_at, l.created_at as arrived_at,
      u.cal_com_event_id, l.books_a_time as books,
      seated and l.cal_com_event_id = u.booking_uid as whole_slot,
      l.booking ->> 'rescheduleUid' <> l.booking ->> 'uid' as moves,
      bool_or(l.books_a_time) over () as booked,
      row_number() over ordering as position
    from public.calendar_event_uids u
    join public.webhook_logs l
      on l.cal_com_event_id = any (
        array[u.cal_com_event_id, case when seated then u.booking_uid end])
    where u.event_id = event.id
      and l.booking is not null and (l.salon_id is null or l.salon_id = event.salon_id)
    window ordering as (
      order by u.generation, l.occurred_at, l.precedence, l.delivery_key)
    order by position
  loop
    person := null;
    if not delivery.books then
      person := private.names_attendee(
        delivery.booking, facts ->> 'attendeeEmail', facts ->> 'attendeePhone');
    end if;

    -- A visit that BarkBook inserted has no delivery to start from but its own row.
    if delivery.position = 1 then
      before_no_show := event.status_before_no_show;
      if delivery.booked then
        event.status := null;
        event.cancelled_at := null;
        event.cancellation_reason := null;
        event.last_event_at := null;
        before_no_show := null;
      end if;
    end if;

    continue when delivery.whole_slot and person is null and not delivery.books
      and not (delivery.booking ->> 'wholeSlot')::boolean;

    -- What is known of the visit: a booking overwrites, anything else fills gaps only. What is
    -- sent for a whole slot carries the answers of one booker; only time and place are common.
    if delivery.books and not delivery.whole_slot then
      facts := facts || jsonb_strip_nulls(delivery.booking);
      event.cal_com_event_id := delivery.cal_com_event_id;
      if delivery.occurred_at < event.created_at then
        event.created_at := delivery.occurred_at;
        event.synced_at := delivery.arrived_at;
      end if;
      pet_claims := array_remove(pet_claims || (delivery.booking ->> 'petId')::uuid, null);
    elsif delivery.books then
      facts := facts || jsonb_strip_nulls(jsonb_build_object(
        'startTime', delivery.booking -> 'startTime', 'endTime', delivery.booking -> 'endTime',
        'location', delivery.booking -> 'location',
        'meetingUrl', delivery.booking -> 'meetingUrl'));
      event.cal_com_event_id := delivery.cal_com_event_id;
    elsif not delivery.whole_slot and delivery.trigger <> 'BOOKING_NO_SHOW_UPDATED' then
      facts := jsonb_strip_nulls(delivery.booking) || facts;
      pet_claims := array_remove((delivery.booking ->> 'petId')::uuid || pet_claims, null);
    end if;
    if not delivery.whole_slot and delivery.trigger <> 'BOOKING_NO_SHOW_UPDATED' then
      claim := private.find_client(event.salon_id, delivery.booking);
      if claim.client_id is not null and (client is null
        or claim.link_source = 'metadata' and client_source <> 'metadata'
        or (claim.link_source = 'metadata') = (client_source = 'metadata') and delivery.books) then
        client := claim.client_id;
        client_source := claim.link_source;
      end if;
    end if;
    event.last_event_at := delivery.occurred_at;

    -- What became of it.
    case delivery.trigger
      when 'BOOKING_REQUESTED', 'BOOKING_PAYMENT_INITIATED' then
        -- A move that needs confirmation arrives as a request that names the old booking.
        if delivery.moves then
          event.status := 'pending';
        else
          event.status := coalesce(event.status, 'pending');
        end if;
      when 'BOOKING_CREATED' then
        event.status := case coalesce(event.status, '')
          when '' then 'scheduled' when 'pending' then 'confirmed' else event.status end;
      when 'BOOKING_PAID' then
        if (delivery.booking ->> 'awaitingConfirmation')::boolean then
          event.status := coalesce(event.status, 'pending');
        elsif event.status is null or event.status in ('pending', 'scheduled') then
          event.status := 'confirmed';
        end if;
      when 'BOOKING_RESCHEDULED' then
        -- Only a move to a new booking revives: a host's "request reschedule" cancels first.
        if event.status is null or event.status <> 'confirmed'
          and (event.status <> 'cancelled' or delivery.moves and not delivery.whole_slot) then
          event.status := 'scheduled';
        end if;
      when 'BOOKING_CANCELLED', 'BOOKING_REJECTED' then
        if event.status is distinct from 'cancelled' then
          event.status := 'cancelled';
          event.cancelled_at := delivery.occurred_at;
          event.cancellation_reason := null;
        end if;
        event.cancellation_reason := coalesce(
          event.cancellation_reason, delivery.booking ->> 'cancellationReason');
      when 'MEETING_ENDED' then
        -- Fired by the clock from a snapshot: one that ends before the visit does is of a time
        -- from which the visit was moved.
        if event.status = 'no_show' then
          before_no_show := 'completed';
        elsif event.status is distinct from 'cancelled'
          and coalesce((delivery.booking ->> 'endTime')::timestamptz
            >= coalesce((facts ->> 'endTime')::timestamptz, event.end_time), true) then
          event.status := 'completed';
        end if;
      when 'BOOKING_NO_SHOW_UPDATED' then
        -- A guest who stays away is no news; without a known booker there is nothing to compare.
        if person is null and not seated
          and coalesce(facts ->> 'attendeeEmail', facts ->> 'attendeePhone') is null then
          person := delivery.booking -> 'attendees' -> 0;
        end if;
        if (person ->> 'noShow')::boolean and event.status not in ('no_show', 'cancelled') then
          before_no_show := event.status;
          event.status := 'no_show';
        elsif not (person ->> 'noShow')::boolean and event.status = 'no_show' then
          event.status := coalesce(before_no_show, 'scheduled');
        end if;
    end case;
    if event.status <> 'no_show' then
      before_no_show := null;
    end if;
    if event.status <> 'cancelled' then
      event.cancelled_at := null;
      event.cancellation_reason := null;
    end if;
  end loop;

  event.status_before_no_show := before_no_show;
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
  'then rank. Null never erases; a member''s own choice of client and pet stays.';
