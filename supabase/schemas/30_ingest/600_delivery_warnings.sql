-- Called by private.apply_to_salon; the result is webhook_logs.warnings.

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
