-- Called by private.apply_delivery; the result is webhook_logs.warnings.

create function private.delivery_warnings(
  delivery public.webhook_logs, appointment public.calendar_events, appointments uuid[]
)
returns public.delivery_warning[]
language plpgsql
stable
set search_path = ''
as $$
declare
  booking jsonb := delivery.booking;
  warnings public.delivery_warning[] := '{}'::public.delivery_warning[];
begin
  if private.has_full_booking(delivery.webhook_type)
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
    and (delivery.webhook_type in ('BOOKING_CANCELLED', 'BOOKING_REJECTED')
      or delivery.webhook_type = 'BOOKING_CREATED' and appointment.status = 'confirmed') then
    warnings := warnings || 'series_unverified'::public.delivery_warning;
  end if;
  if appointment.seat_id is not null and delivery.seat_id = '' then
    if exists (
      select from jsonb_array_elements(booking -> 'attendees') a
      where not exists (
        select from public.calendar_events e
        where e.id = any (appointments) and private.is_same_person(
          e.attendee_email, e.attendee_phone, a ->> 'email', a ->> 'phone'))) then
      warnings := warnings || 'attendee_without_seat'::public.delivery_warning;
    end if;
  end if;
  return warnings;
end;
$$;
revoke all on function private.delivery_warnings(
  public.webhook_logs, public.calendar_events, uuid[])
  from public, anon, authenticated;
grant execute on function private.delivery_warnings(
  public.webhook_logs, public.calendar_events, uuid[]) to service_role;
comment on function private.delivery_warnings(
  public.webhook_logs, public.calendar_events, uuid[]) is
  'What a developer should know about a delivery that was applied: see the type delivery_warning. '
  'appointment: the first of those that it was applied to.';
