-- The view that the other appointment views select from.

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
  to_char(e.end_time at time zone s.timezone, 'HH24:MI') as local_end,
  e.host_username, e.host_name, e.seat_id, e.attendee_name, e.salon_note, e.attendance,
  e.client_response, e.client_responded_at
from public.calendar_events e
join public.salons s on s.id = e.salon_id
cross join lateral (select e.end_time < (select private.app_now()) as is_over) n;
revoke all on table public.appointments from public, anon, authenticated, service_role;
grant select on table public.appointments to authenticated, service_role;
comment on view public.appointments is
  'Every appointment of the reader''s salons, whatever its status. Filter by start_time.';
comment on column public.appointments.is_over is 'Whether its end has passed.';
comment on column public.appointments.effective_status is
  'status, but completed for a scheduled or confirmed appointment that is over.';
comment on column public.appointments.local_date is
  'The date of the start in the salon''s time zone.';
comment on column public.appointments.local_start is
  'The start by the salon''s clock, such as 09:30.';
comment on column public.appointments.local_end is 'The end by the salon''s clock.';
