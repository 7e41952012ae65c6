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
    -- If it was rescheduled, the booking that replaced it says everything, unless this one is
    -- needed to link the two. A slot with seats becomes a plain booking once its event type is
    -- deleted.
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
    -- A booking that was rescheduled has nothing else to report. A seat may return.
    return not seated;
  end if;
  return appointment.status
      = (private.status_by_snapshot(appointment, booking, as_of, false)).status
    and appointment.start_time = (booking ->> 'startTime')::timestamptz
    and appointment.end_time = (booking ->> 'endTime')::timestamptz
    and coalesce(appointment.title = booking ->> 'title', true)
    and coalesce(appointment.location = booking ->> 'location', true)
    -- A value may be missing here because the person was erased.
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
  'Whether the calendar already says what the snapshot would make it say. Such a snapshot is not '
  'stored, so that the log shows what webhooks missed and not every poll.';
