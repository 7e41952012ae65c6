-- Read by the client library, shared/calendar/appointments.ts.

create view public.this_weeks_appointments with (security_invoker = true) as
select
  a.id, a.cal_com_event_id, a.salon_id, a.client_id, a.pet_id, a.title, a.description,
  a.start_time, a.end_time, a.duration_minutes, a.status, a.attendee_email, a.attendee_phone,
  a.location, a.meeting_url, a.created_at, a.updated_at, a.synced_at, a.ical_uid,
  a.last_event_at, a.status_before_no_show, a.cancelled_at, a.cancellation_reason, a.link_source,
  a.auto_completed_at, a.erased_at,
  a.is_over, a.effective_status, a.salon_name, a.timezone, a.local_date, a.local_start, a.local_end,
  a.host_username, a.host_name, a.seat_id, a.attendee_name, a.salon_note, a.attendance,
  a.client_response, a.client_responded_at
from public.appointments a
cross join lateral private.local_span('week', private.app_now(), a.timezone) as week
where a.start_time >= week.starts_at and a.start_time < week.ends_at;
revoke all on table public.this_weeks_appointments from public, anon, authenticated, service_role;
grant select on table public.this_weeks_appointments to authenticated;
comment on view public.this_weeks_appointments is
  'The appointments that begin from Monday to Sunday of the current week of each salon, including '
  'cancelled ones: see status.';
