-- Read by the client library, shared/calendar/sync.ts.

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
  'For the 200 most recently booked appointments of each salon, how long they took from the '
  'booking in Cal.com to this database. For bookings made before the salon joined, until it '
  'joined.';
