-- Bringing a visit's row up to date with its deliveries.
-- Objects: private.refold_event, private.delivery_warnings, private.settle_waiting.
-- Destructive: no. Undo: drop these functions.

create function private.refold_event(event uuid, salon uuid, delivery public.webhook_logs)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  before public.calendar_events;
  after public.calendar_events;
begin
  if position('#' in delivery.cal_com_event_id) > 0 or (delivery.booking ->> 'seated')::boolean then
    perform private.follow_slot_moves(event, salon);
  end if;
  select e.* into before from public.calendar_events e where e.id = event for update;
  if before.id is null then
    before.id := event;
    before.salon_id := salon;
    before.cal_com_event_id := delivery.cal_com_event_id;
    before.title := 'Wizyta';
    before.created_at := delivery.occurred_at;
    before.synced_at := delivery.created_at;
    before.updated_at := now();
    after := private.fold_event(before);
    insert into public.calendar_events values (after.*);
    return true;
  end if;
  -- A row that BarkBook wrote may have no salon yet.
  after := before;
  after.salon_id := salon;
  after := private.fold_event(after);
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
    last_event_at = after.last_event_at
  where e.id = event;
  return true;
end;
$$;
revoke all on function private.refold_event(uuid, uuid, public.webhook_logs)
  from public, anon, authenticated;
grant execute on function private.refold_event(uuid, uuid, public.webhook_logs) to service_role;
comment on function private.refold_event(uuid, uuid, public.webhook_logs) is
  'Makes a visit''s row, or brings it up to date with its deliveries. True if that changed it.';

create function private.delivery_warnings(booking jsonb, events uuid[])
returns text[]
language plpgsql
stable
set search_path = ''
as $$
declare
  event public.calendar_events;
  warnings text[] := '{}'::text[];
begin
  select e.* into event from public.calendar_events e where e.id = events[1];
  if private.books_a_time(booking ->> 'trigger') and event.link_source is distinct from 'manual' then
    if (booking ->> 'clientId')::uuid <> event.client_id
      or booking ->> 'clientId' is not null and event.client_id is null then
      warnings := warnings || 'client_refused'::text;
    end if;
    if (booking ->> 'petId')::uuid <> event.pet_id
      or booking ->> 'petId' is not null and event.pet_id is null then
      warnings := warnings || 'pet_refused'::text;
    end if;
  end if;
  if (booking ->> 'recurring')::boolean
    and (booking ->> 'trigger' in ('BOOKING_CANCELLED', 'BOOKING_REJECTED')
      or booking ->> 'trigger' = 'BOOKING_CREATED' and event.status = 'confirmed') then
    warnings := warnings || 'series_unverified'::text;
  end if;
  if position('#' in event.cal_com_event_id) > 0 and private.event_key(booking) = booking ->> 'uid'
    and exists (
      select from jsonb_array_elements(booking -> 'attendees') a
      where not exists (
        select from public.calendar_events e
        where e.id = any (events) and private.is_same_person(
          e.attendee_email, e.attendee_phone, a ->> 'email', a ->> 'phone'))) then
    warnings := warnings || 'attendee_without_seat'::text;
  end if;
  return warnings;
end;
$$;
revoke all on function private.delivery_warnings(jsonb, uuid[]) from public, anon, authenticated;
grant execute on function private.delivery_warnings(jsonb, uuid[]) to service_role;
comment on function private.delivery_warnings(jsonb, uuid[]) is
  'What the salon''s developer should know of a delivery that was applied; see the column '
  'webhook_logs.warnings.';

create function private.settle_waiting(event uuid, applied uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.webhook_logs l
  set status = 'success', action = 'applied', salon_id = e.salon_id, error_message = null,
    processed_at = clock_timestamp(), next_attempt_at = null
  from public.calendar_event_uids u
  join public.calendar_events e on e.id = u.event_id
  where u.event_id = event and l.cal_com_event_id in (u.cal_com_event_id, u.booking_uid)
    and l.status <> 'success' and not l.books_a_time and l.id <> applied
    and (l.salon_id is null or l.salon_id = e.salon_id)
    -- What waits for a slot may be about another of its seats.
    and (l.cal_com_event_id = u.cal_com_event_id or (l.booking ->> 'wholeSlot')::boolean
      or private.names_attendee(l.booking, e.attendee_email, e.attendee_phone) is not null);
end;
$$;
revoke all on function private.settle_waiting(uuid, uuid) from public, anon, authenticated;
grant execute on function private.settle_waiting(uuid, uuid) to service_role;
comment on function private.settle_waiting(uuid, uuid) is
  'Cancellations, ends and no-shows that waited for this visit were folded into it just now: marks '
  'them done.';
