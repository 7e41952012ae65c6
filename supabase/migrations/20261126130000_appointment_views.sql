-- Visits as a dashboard shows them, on the salon's own calendar and clock.
-- Objects: views appointments, todays_appointments, this_weeks_appointments,
-- upcoming_appointments, pet_visit_history; private.local_span.
-- Destructive: no. Undo: drop the views, then the function.

create function private.local_span(
  unit text, moment timestamptz, zone text, out starts_at timestamptz, out ends_at timestamptz
)
language plpgsql
stable
set search_path = ''
as $$
declare
  first_moment timestamp := date_trunc(unit, moment at time zone zone);
begin
  starts_at := first_moment at time zone zone;
  ends_at := (first_moment + ('1 ' || unit)::interval) at time zone zone;
end;
$$;
revoke all on function private.local_span(text, timestamptz, text) from public, anon;
grant execute on function private.local_span(text, timestamptz, text)
  to authenticated, service_role;
comment on function private.local_span(text, timestamptz, text) is
  'The day or the week (from Monday) of a time zone in which a moment lies: from starts_at up to, '
  'and without, ends_at. A join with these two columns can use the index on start_time under row '
  'level security; one with an expression over timezone could not.';

create view public.appointments with (security_invoker = true) as
select
  e.id, e.cal_com_event_id, e.salon_id, e.client_id, e.pet_id, e.title, e.description,
  e.start_time, e.end_time, e.duration_minutes, e.status, e.attendee_email, e.attendee_phone,
  e.location, e.meeting_url, e.created_at, e.updated_at, e.synced_at, e.ical_uid,
  e.last_event_at, e.status_before_no_show, e.cancelled_at, e.cancellation_reason, e.link_source,
  e.auto_completed_at, e.erased_at,
  n.is_over,
  case when n.is_over and e.status in ('scheduled', 'confirmed') then 'completed' else e.status end
    as effective_status,
  s.name as salon_name,
  s.timezone,
  (e.start_time at time zone s.timezone)::date as local_date,
  to_char(e.start_time at time zone s.timezone, 'HH24:MI') as local_start,
  to_char(e.end_time at time zone s.timezone, 'HH24:MI') as local_end
from public.calendar_events e
join public.salons s on s.id = e.salon_id
cross join lateral (select e.end_time < (select private.sms_now()) as is_over) n;
revoke all on table public.appointments from public, anon, authenticated, service_role;
grant select on table public.appointments to authenticated, service_role;
comment on view public.appointments is
  'Every visit of the reader''s salons, whatever its status. Ask for a span with start_time.';
comment on column public.appointments.is_over is 'Whether its end has passed.';
comment on column public.appointments.effective_status is
  'status, but completed for one that was due to take place, is over and was never closed.';
comment on column public.appointments.local_date is 'Of the start, on the salon''s calendar.';
comment on column public.appointments.local_start is 'By the clock of the salon, such as 09:30.';
comment on column public.appointments.local_end is 'By the clock of the salon.';

create view public.todays_appointments with (security_invoker = true) as
select
  a.id, a.cal_com_event_id, a.salon_id, a.client_id, a.pet_id, a.title, a.description,
  a.start_time, a.end_time, a.duration_minutes, a.status, a.attendee_email, a.attendee_phone,
  a.location, a.meeting_url, a.created_at, a.updated_at, a.synced_at, a.ical_uid,
  a.last_event_at, a.status_before_no_show, a.cancelled_at, a.cancellation_reason, a.link_source,
  a.auto_completed_at, a.erased_at,
  a.is_over, a.effective_status, a.salon_name, a.timezone, a.local_date, a.local_start, a.local_end
from public.appointments a
cross join lateral private.local_span('day', private.sms_now(), a.timezone) as today
where a.start_time >= today.starts_at and a.start_time < today.ends_at;
revoke all on table public.todays_appointments from public, anon, authenticated, service_role;
grant select on table public.todays_appointments to authenticated;
comment on view public.todays_appointments is
  'The visits that begin on the current day of each salon, cancelled ones too: see status.';

create view public.this_weeks_appointments with (security_invoker = true) as
select
  a.id, a.cal_com_event_id, a.salon_id, a.client_id, a.pet_id, a.title, a.description,
  a.start_time, a.end_time, a.duration_minutes, a.status, a.attendee_email, a.attendee_phone,
  a.location, a.meeting_url, a.created_at, a.updated_at, a.synced_at, a.ical_uid,
  a.last_event_at, a.status_before_no_show, a.cancelled_at, a.cancellation_reason, a.link_source,
  a.auto_completed_at, a.erased_at,
  a.is_over, a.effective_status, a.salon_name, a.timezone, a.local_date, a.local_start, a.local_end
from public.appointments a
cross join lateral private.local_span('week', private.sms_now(), a.timezone) as week
where a.start_time >= week.starts_at and a.start_time < week.ends_at;
revoke all on table public.this_weeks_appointments from public, anon, authenticated, service_role;
grant select on table public.this_weeks_appointments to authenticated;
comment on view public.this_weeks_appointments is
  'The visits that begin from Monday to Sunday of the current week of each salon, cancelled ones '
  'too: see status.';

create view public.upcoming_appointments with (security_invoker = true) as
select
  a.id, a.cal_com_event_id, a.salon_id, a.client_id, a.pet_id, a.title, a.description,
  a.start_time, a.end_time, a.duration_minutes, a.status, a.attendee_email, a.attendee_phone,
  a.location, a.meeting_url, a.created_at, a.updated_at, a.synced_at, a.ical_uid,
  a.last_event_at, a.status_before_no_show, a.cancelled_at, a.cancellation_reason, a.link_source,
  a.auto_completed_at, a.erased_at,
  a.is_over, a.effective_status, a.salon_name, a.timezone, a.local_date, a.local_start, a.local_end
from public.appointments a
where a.start_time >= private.sms_now() and a.status in ('pending', 'scheduled', 'confirmed');
revoke all on table public.upcoming_appointments from public, anon, authenticated, service_role;
grant select on table public.upcoming_appointments to authenticated;
comment on view public.upcoming_appointments is
  'The visits that are still to begin and were not cancelled. Pending ones may come to nothing.';

create view public.pet_visit_history with (security_invoker = true) as
select
  a.id, a.cal_com_event_id, a.salon_id, a.client_id, a.pet_id, a.title, a.description,
  a.start_time, a.end_time, a.duration_minutes, a.status, a.attendee_email, a.attendee_phone,
  a.location, a.meeting_url, a.created_at, a.updated_at, a.synced_at, a.ical_uid,
  a.last_event_at, a.status_before_no_show, a.cancelled_at, a.cancellation_reason, a.link_source,
  a.auto_completed_at, a.erased_at,
  a.is_over, a.effective_status, a.salon_name, a.timezone, a.local_date, a.local_start, a.local_end
from public.appointments a
where a.pet_id is not null and a.effective_status = 'completed';
revoke all on table public.pet_visit_history from public, anon, authenticated, service_role;
grant select on table public.pet_visit_history to authenticated;
comment on view public.pet_visit_history is
  'The visits a pet had: those that Cal.com closed, and those whose end passed without it. Not '
  'what was cancelled or missed.';
