-- Read by the client library, shared/calendar/salons.ts.

create view public.appointment_daily_stats with (security_invoker = true) as
select s.id as salon_id, day.local_date, d.appointments, d.completed, d.cancelled, d.no_shows
from public.salons s
cross join lateral (
  select
    (min(e.start_time) at time zone s.timezone)::date as first_date,
    (max(e.start_time) at time zone s.timezone)::date as last_date,
    (private.app_now() at time zone s.timezone)::date as today
  from public.calendar_events e
  where e.salon_id = s.id
) known
-- Day by day, so that a condition on local_date becomes a condition on the index over start_time.
-- Limited, because a single booking for the year 3000 would add every day until then.
cross join lateral (
  select g::date as local_date
  from generate_series(
    greatest(known.first_date, known.today - 5 * 366)::timestamp,
    least(known.last_date, known.today + 366)::timestamp,
    interval '1 day') as g
  -- greatest() and least() ignore null.
  where known.first_date is not null
) day
cross join lateral private.local_span(
  'day', (day.local_date + time '12:00') at time zone s.timezone, s.timezone) as span
cross join lateral (
  select
    count(*) filter (where e.status in ('scheduled', 'confirmed', 'completed')) as appointments,
    count(*) filter (where e.status = 'completed' or (
      e.status in ('scheduled', 'confirmed') and e.end_time < (select private.app_now())
    )) as completed,
    count(*) filter (where e.status = 'cancelled') as cancelled,
    count(*) filter (where e.status = 'no_show') as no_shows
  from public.calendar_events e
  where e.salon_id = s.id
    and e.start_time >= span.starts_at and e.start_time < span.ends_at
) d;
revoke all on table public.appointment_daily_stats from public, anon, authenticated, service_role;
grant select on table public.appointment_daily_stats to authenticated;
comment on view public.appointment_daily_stats is
  'Every day from a salon''s first appointment to its last, in its own time zone, including days '
  'without appointments; at most five years back and one ahead. Filter by local_date.';
comment on column public.appointment_daily_stats.appointments is
  'Took place or will: neither pending nor cancelled nor missed.';
comment on column public.appointment_daily_stats.completed is
  'Those of appointments that are over, whether Cal.com completed them or not.';
