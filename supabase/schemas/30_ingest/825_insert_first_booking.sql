-- A shortcut for most deliveries: three inserts instead of a search for what is known of the
-- booking and a fold. Called by upsert_calendar_event.

create function private.insert_first_booking(
  delivery_key text, payload jsonb, booking jsonb, salon uuid, from_salon_webhook boolean,
  out event_id uuid, out log_id uuid
)
language plpgsql
set search_path = ''
as $$
declare
  stamp timestamptz := private.delivery_stamp(booking, now());
  claims jsonb := private.with_claim('[]', booking, true);
  link record;
  client uuid;
  pet uuid;
  source public.link_source := 'metadata'::public.link_source;
begin
  -- BarkBook's own form names a client and their pet.
  if booking ->> 'petId' is not null then
    select c.id, p.id into client, pet
    from public.clients c
    join public.client_pets cp on cp.client_id = c.id and cp.pet_id = (booking ->> 'petId')::uuid
    join public.pets p on p.id = cp.pet_id and p.salon_id = c.salon_id
    where c.id = (booking ->> 'clientId')::uuid and c.salon_id = salon;
  end if;
  if client is null then
    link := private.find_client(salon, claims, false);
    client := link.client_id;
    source := link.link_source;
    pet := private.find_pet(salon, client, claims, false);
    -- Such a delivery has a warning.
    if booking ->> 'clientId' <> coalesce(client::text, '')
      or booking ->> 'petId' <> coalesce(pet::text, '') then
      return;
    end if;
  end if;
  event_id := gen_random_uuid();
  insert into public.calendar_event_uids (booking_uid, event_id)
  values (booking ->> 'uid', event_id);
  insert into public.calendar_events (id, cal_com_event_id, salon_id, client_id, pet_id,
    link_source, title, description, start_time, end_time, duration_minutes, status,
    attendee_name, attendee_email, attendee_phone, location, meeting_url, host_username,
    host_name, ical_uid, created_at, last_event_at, fold_state)
  values (event_id, booking ->> 'uid', salon, client, pet, source,
    coalesce(booking ->> 'title', 'Wizyta'), booking ->> 'description',
    (booking ->> 'startTime')::timestamptz, (booking ->> 'endTime')::timestamptz,
    round(extract(epoch from
      (booking ->> 'endTime')::timestamptz - (booking ->> 'startTime')::timestamptz) / 60),
    'scheduled', booking ->> 'attendeeName', claims -> 0 ->> 'email',
    coalesce(claims -> 0 ->> 'phone', booking ->> 'attendeePhone'), booking ->> 'location',
    booking ->> 'meetingUrl', booking ->> 'hostUsername', booking ->> 'hostName',
    booking ->> 'icalUid', stamp, stamp,
    jsonb_build_object('generation', 0, 'accepted', true, 'status', 'scheduled',
      'statusBeforeNoShow', null, 'claims', claims,
      'position', private.position_text(0, 2, stamp, delivery_key)));
  insert into public.webhook_logs as l (delivery_key, webhook_type, payload, booking, booking_uid,
    seat_id, cal_com_event_id, occurred_at, salon_id, from_salon_webhook, status, action, attempts,
    processed_at, duration_ms)
  values (delivery_key, 'BOOKING_CREATED', payload, booking, booking ->> 'uid', '',
    booking ->> 'uid', stamp, salon, from_salon_webhook, 'success', 'applied', 1,
    clock_timestamp(), extract(epoch from clock_timestamp() - now()) * 1000)
  returning l.id into log_id;
exception
  -- Whatever is wrong, private.process_delivery finds it again and stores it.
  when others then
    event_id := null;
end;
$$;
revoke all on function private.insert_first_booking(text, jsonb, jsonb, uuid, boolean)
  from public, anon, authenticated;
grant execute on function private.insert_first_booking(text, jsonb, jsonb, uuid, boolean)
  to service_role;
comment on function private.insert_first_booking(text, jsonb, jsonb, uuid, boolean) is
  'Stores the BOOKING_CREATED of a plain booking of which nothing else is known, and its '
  'appointment, exactly as private.process_delivery would. Returns nulls and changes nothing if '
  'that has to do it: the delivery has a warning or cannot be stored like this.';
