-- Called by private.erase_deliveries and private.erased_delivery.

create function private.redact_slot_booking(booking jsonb, appointment public.calendar_events)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  is_known boolean := coalesce(appointment.attendee_email, appointment.attendee_phone) is not null;
begin
  return private.without_personal_data(booking) || jsonb_strip_nulls(jsonb_build_object(
    -- Common to all seats, unless it is a phone number, which is somebody's.
    'location', case when private.e164(booking ->> 'location') is null
      then booking -> 'location' end,
    'meetingUrl', booking -> 'meetingUrl',
    'cancellationReason', case when (booking ->> 'wholeSlot')::boolean
      then booking -> 'cancellationReason' end
  )) || jsonb_build_object('attendees', (
    select coalesce(jsonb_agg(kept.entry), '[]'::jsonb)
    from jsonb_array_elements(booking -> 'attendees') a
    cross join lateral (
      select private.is_same_person(a ->> 'email', a ->> 'phone',
          appointment.attendee_email, appointment.attendee_phone) as is_erased,
        a ->> 'email' = private.erased_email() or exists (
          select from public.calendar_event_uids u
          join public.calendar_events e on e.id = u.event_id
          where u.booking_uid in (booking ->> 'uid', booking ->> 'rescheduleUid')
            and e.erased_at is null and e.id <> appointment.id and private.is_same_person(
              a ->> 'email', a ->> 'phone', e.attendee_email, e.attendee_phone)) as is_kept
    ) person
    cross join lateral (
      select a as entry where person.is_kept or is_known and not person.is_erased
      union all
      select jsonb_build_object(
        'email', private.erased_email(), 'phone', null, 'noShow', a -> 'noShow')
      where person.is_erased
    ) kept
  ));
end;
$$;
revoke all on function private.redact_slot_booking(jsonb, public.calendar_events)
  from public, anon, authenticated;
grant execute on function private.redact_slot_booking(jsonb, public.calendar_events)
  to service_role;
comment on function private.redact_slot_booking(jsonb, public.calendar_events) is
  'The booking of a whole slot without the person of one seat. The other attendees stay; if the '
  'person''s contact is unknown, only those with a known seat.';
