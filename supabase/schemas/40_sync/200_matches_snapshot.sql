-- Called by private.sync_booking.

create function private.matches_snapshot(salon uuid, booking jsonb, as_of timestamptz)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
declare
  key text := private.appointment_key(booking);
  seated boolean := (booking ->> 'seated')::boolean;
  appointment public.calendar_events;
  seat public.calendar_events;
begin
  if (booking ->> 'wholeSlot')::boolean then
    for seat in
      select e.* from public.calendar_event_uids u
      join public.calendar_events e
        on e.id = u.event_id and e.cal_com_event_id = u.cal_com_event_id and e.salon_id = salon
      where u.booking_uid = key
    loop
      if (private.status_by_snapshot(seat, booking, as_of, true)).status <> seat.status then
        return false;
      end if;
    end loop;
    return true;
  end if;

  select e.* into appointment from public.calendar_event_uids u
  join public.calendar_events e on e.id = u.event_id and e.salon_id = salon
  where u.cal_com_event_id = key;
  if appointment.id is null then
    -- The booking that took its place says it all, unless it takes this one to tell which appointment it
    -- is. And what was booked seat by seat is a plain booking once its appointment type is gone.
    return booking -> 'snapshot' ->> 'movedTo' is not null and not exists (
        select from public.calendar_event_uids u
        where u.cal_com_event_id = booking ->> 'rescheduleUid')
      or not seated and exists (
        select from public.calendar_event_uids u
        where u.booking_uid = key and u.cal_com_event_id <> key);
  end if;
  if booking ->> 'rescheduleUid' <> booking ->> 'uid' and not exists (
    select from public.calendar_event_uids u
    where u.cal_com_event_id = booking ->> 'rescheduleUid' and u.event_id = appointment.id
  ) then
    return false;
  end if;
  if appointment.cal_com_event_id <> key then
    -- Of a booking that was moved on there is nothing else to learn. A seat may come back.
    return not seated;
  end if;
  return (private.status_by_snapshot(appointment, booking, as_of, false)).status = appointment.status
    and appointment.start_time = (booking ->> 'startTime')::timestamptz
    and appointment.end_time = (booking ->> 'endTime')::timestamptz
    and coalesce(appointment.title = booking ->> 'title', true)
    and coalesce(appointment.location = booking ->> 'location', true)
    -- Missing here: perhaps because the person asked to be forgotten.
    and coalesce(appointment.attendee_email = booking ->> 'attendeeEmail', true)
    and coalesce(appointment.attendee_phone = coalesce(
      private.e164(booking ->> 'attendeePhone'), booking ->> 'attendeePhone'), true);
end;
$$;
revoke all on function private.matches_snapshot(uuid, jsonb, timestamptz)
  from public, anon, authenticated;
grant execute on function private.matches_snapshot(uuid, jsonb, timestamptz)
  to service_role;
comment on function private.matches_snapshot(uuid, jsonb, timestamptz) is
  'Whether the calendar already says what the snapshot would make it say. Then there is nothing to '
  'write down: the log of deliveries shows what webhooks missed, not every look at Cal.com.';
