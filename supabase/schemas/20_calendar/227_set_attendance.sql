-- Called by members in the dashboard.

create function public.set_attendance(
  p_event_id uuid,
  p_start timestamptz,
  p_attendance public.appointment_attendance default null,
  p_before public.appointment_attendance default null
)
returns void
language plpgsql
security invoker
set search_path = ''
as $$
begin
  update public.calendar_events e
  set attendance = p_attendance
  where e.id = p_event_id and e.start_time = p_start
    -- Judged again once a writer at the same time is done.
    and e.attendance is not distinct from p_before;
  if found then
    return;
  end if;
  if exists (select from public.calendar_events e where e.id = p_event_id) then
    raise exception 'The appointment moved, or somebody else said who came'
      using errcode = 'PT412', detail = 'attendance_changed',
        hint = 'Read the appointment again, and send what it says now.';
  end if;
  raise exception 'There is no such appointment'
    using errcode = 'PT404', hint = 'Look up the id in appointments.';
end;
$$;
revoke all on function public.set_attendance(
  uuid, timestamptz, public.appointment_attendance, public.appointment_attendance)
  from public, anon, authenticated, service_role;
grant execute on function public.set_attendance(
  uuid, timestamptz, public.appointment_attendance, public.appointment_attendance)
  to authenticated;
comment on function public.set_attendance(
  uuid, timestamptz, public.appointment_attendance, public.appointment_attendance) is
  'Says who came, or takes that back (null), if the appointment still is as the caller read it: it '
  'begins at p_start, and p_before is what was said. Otherwise nothing is changed: PT412, '
  'attendance_changed. For members; for others the appointment does not exist: PT404.';
