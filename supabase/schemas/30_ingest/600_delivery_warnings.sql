-- Called by private.apply_delivery_to_salon; the result is webhook_logs.warnings.

create function private.delivery_warnings(booking jsonb, appointments uuid[])
returns public.delivery_warning[]
language plpgsql
stable
set search_path = ''
as $$
declare
  appointment public.calendar_events;
  warnings public.delivery_warning[] := '{}'::public.delivery_warning[];
begin
  select e.* into appointment from public.calendar_events e where e.id = appointments[1];
  if private.has_full_booking(booking ->> 'trigger')
    and appointment.link_source is distinct from 'manual' then
    if (booking ->> 'clientId')::uuid <> appointment.client_id
      or booking ->> 'clientId' is not null and appointment.client_id is null then
      warnings := warnings || 'client_refused'::public.delivery_warning;
    end if;
    if (booking ->> 'petId')::uuid <> appointment.pet_id
      or booking ->> 'petId' is not null and appointment.pet_id is null then
      warnings := warnings || 'pet_refused'::public.delivery_warning;
    end if;
  end if;
  if (booking ->> 'recurring')::boolean
    and (booking ->> 'trigger' in ('BOOKING_CANCELLED', 'BOOKING_REJECTED')
      or booking ->> 'trigger' = 'BOOKING_CREATED' and appointment.status = 'confirmed') then
    warnings := warnings || 'series_unverified'::public.delivery_warning;
  end if;
  if position('#' in appointment.cal_com_event_id) > 0
    and private.appointment_key(booking) = booking ->> 'uid'
    and exists (
      select from jsonb_array_elements(booking -> 'attendees') a
      where not exists (
        select from public.calendar_events e
        where e.id = any (appointments) and private.is_same_person(
          e.attendee_email, e.attendee_phone, a ->> 'email', a ->> 'phone'))) then
    warnings := warnings || 'attendee_without_seat'::public.delivery_warning;
  end if;
  return warnings;
end;
$$;
revoke all on function private.delivery_warnings(jsonb, uuid[]) from public, anon, authenticated;
grant execute on function private.delivery_warnings(jsonb, uuid[]) to service_role;
comment on function private.delivery_warnings(jsonb, uuid[]) is
  'What a developer should know about a delivery that was applied: see the type delivery_warning.';
