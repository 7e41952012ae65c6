-- How a salon is doing, and how well its calendar follows Cal.com.
-- Objects: views appointment_daily_stats, webhook_health, failed_deliveries, sync_lag; the indexes
-- that the last two need.
-- Destructive: no. Undo: drop the views and the indexes.

create view public.appointment_daily_stats with (security_invoker = true) as
select s.id as salon_id, day.local_date, d.visits, d.completed, d.cancelled, d.no_shows
from public.salons s
cross join lateral (
  select
    (min(e.start_time) at time zone s.timezone)::date as first_date,
    (max(e.start_time) at time zone s.timezone)::date as last_date,
    (private.sms_now() at time zone s.timezone)::date as today
  from public.calendar_events e
  where e.salon_id = s.id
) known
-- Day by day, so that a condition on local_date becomes one on the index over start_time. Within
-- limits, since one booking for the year 3000 would bring all days until then.
cross join lateral (
  select g::date as local_date
  from generate_series(
    greatest(known.first_date, known.today - 5 * 366)::timestamp,
    least(known.last_date, known.today + 366)::timestamp,
    interval '1 day') as g
  -- greatest() and least() pass over null.
  where known.first_date is not null
) day
cross join lateral (
  select
    count(*) filter (where e.status in ('scheduled', 'confirmed', 'completed')) as visits,
    count(*) filter (where e.status = 'completed' or (
      e.status in ('scheduled', 'confirmed') and e.end_time < (select private.sms_now())
    )) as completed,
    count(*) filter (where e.status = 'cancelled') as cancelled,
    count(*) filter (where e.status = 'no_show') as no_shows
  from public.calendar_events e
  where e.salon_id = s.id
    and e.start_time >= (day.local_date::timestamp at time zone s.timezone)
    and e.start_time < ((day.local_date + 1)::timestamp at time zone s.timezone)
) d;
revoke all on table public.appointment_daily_stats from public, anon, authenticated, service_role;
grant select on table public.appointment_daily_stats to authenticated;
comment on view public.appointment_daily_stats is
  'Every day from the first visit of a salon to the last, on its own calendar, quiet days too; not '
  'more than five years back and one ahead. Ask for a span with local_date.';
comment on column public.appointment_daily_stats.visits is
  'Took place or will: neither pending nor cancelled nor missed.';
comment on column public.appointment_daily_stats.completed is
  'Those of visits that are over, closed by Cal.com or not.';

create view public.webhook_health with (security_invoker = true) as
select
  s.id as salon_id,
  d.deliveries,
  d.success_count,
  d.processing_count,
  d.error_count,
  round(100.0 * d.success_count / nullif(d.deliveries, 0), 2) as success_percentage,
  round(100.0 * d.processing_count / nullif(d.deliveries, 0), 2) as processing_percentage,
  round(100.0 * d.error_count / nullif(d.deliveries, 0), 2) as error_percentage,
  d.p50_duration_ms,
  d.p95_duration_ms,
  coalesce(d.last_delivery_at, (
    select w.created_at
    from public.webhook_logs w
    where w.salon_id = s.id and w.webhook_type <> 'BOOKING_SYNCED'
    order by w.created_at desc
    limit 1
  )) as last_delivery_at
from public.salons s
cross join lateral (
  select
    count(*) as deliveries,
    max(w.created_at) as last_delivery_at,
    count(*) filter (where w.status = 'success') as success_count,
    count(*) filter (where w.status = 'processing') as processing_count,
    count(*) filter (where w.status = 'error') as error_count,
    percentile_cont(0.5) within group (order by w.duration_ms)::numeric(10, 1) as p50_duration_ms,
    percentile_cont(0.95) within group (order by w.duration_ms)::numeric(10, 1) as p95_duration_ms
  from public.webhook_logs w
  where w.salon_id = s.id and w.created_at > private.sms_now() - interval '24 hours'
    and w.webhook_type <> 'BOOKING_SYNCED'
) d;
revoke all on table public.webhook_health from public, anon, authenticated, service_role;
grant select on table public.webhook_health to authenticated;
comment on view public.webhook_health is
  'One row per salon: what became of the deliveries of the last 24 hours, and when the last one '
  'came, however long ago. Percentages and durations are null when there were none. What the sync '
  'found in Cal.com''s API is no delivery.';
comment on column public.webhook_health.processing_count is
  'Deliveries that still wait for their booking.';
comment on column public.webhook_health.p95_duration_ms is
  'Milliseconds the database spent on a delivery: 95 of 100 took no longer.';

create index webhook_logs_salon_unfinished_idx
  on public.webhook_logs (salon_id, created_at)
  where status <> 'success';

create view public.failed_deliveries with (security_invoker = true) as
select
  w.id as log_id,
  w.salon_id,
  w.webhook_type,
  w.cal_com_event_id,
  w.status,
  w.action,
  w.error_message,
  w.warnings,
  w.occurred_at,
  w.created_at,
  w.attempts,
  w.next_attempt_at
from public.webhook_logs w
where w.status <> 'success';
revoke all on table public.failed_deliveries from public, anon, authenticated, service_role;
grant select on table public.failed_deliveries to authenticated;
comment on view public.failed_deliveries is
  'Deliveries that changed nothing yet: error_message says why, next_attempt_at when they are '
  'tried again by themselves.';

create index calendar_events_salon_id_created_at_idx
  on public.calendar_events (salon_id, created_at);

create view public.sync_lag with (security_invoker = true) as
select
  booked.id as event_id,
  s.id as salon_id,
  booked.cal_com_event_id,
  booked.created_at,
  booked.synced_at,
  round(extract(epoch from booked.synced_at - booked.created_at), 3) as lag_seconds
from public.salons s
cross join lateral (
  select e.id, e.cal_com_event_id, e.created_at, e.synced_at
  from public.calendar_events e
  where e.salon_id = s.id
  order by e.created_at desc
  limit 200
) booked;
revoke all on table public.sync_lag from public, anon, authenticated, service_role;
grant select on table public.sync_lag to authenticated;
comment on view public.sync_lag is
  'How long the 200 visits booked last in each salon took from their booking in Cal.com to this '
  'database. One that was booked before the salon joined took until then.';
