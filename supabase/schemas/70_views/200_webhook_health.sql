-- Read by the client library, shared/calendar/sync.ts.

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
  where w.salon_id = s.id and w.created_at > private.app_now() - interval '24 hours'
    and w.webhook_type <> 'BOOKING_SYNCED'
) d;
revoke all on table public.webhook_health from public, anon, authenticated, service_role;
grant select on table public.webhook_health to authenticated;
comment on view public.webhook_health is
  'One row per salon: what came of the deliveries of the last 24 hours, and when the last one ever '
  'arrived. Percentages and durations are null without deliveries. Snapshots do not count.';
comment on column public.webhook_health.processing_count is
  'Deliveries deferred until their booking arrives or their rate limit has passed.';
comment on column public.webhook_health.p95_duration_ms is
  'Milliseconds that the database spent on a delivery: 95% took no longer.';
