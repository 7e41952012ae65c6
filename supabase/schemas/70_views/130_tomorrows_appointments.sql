-- Read by clients over the Data API. The reminder job reads due_reminders.

create view public.tomorrows_appointments with (security_invoker = true) as
select
  e.id as event_id,
  e.salon_id,
  s.name as salon_name,
  s.timezone,
  e.client_id,
  c.name as client_name,
  e.pet_id,
  p.name as pet_name,
  e.start_time,
  to_char(e.start_time at time zone s.timezone, 'YYYY-MM-DD') as local_date,
  to_char(e.start_time at time zone s.timezone, 'HH24:MI') as local_time,
  e.status
from public.calendar_events e
join public.salons s on s.id = e.salon_id
left join public.clients c on c.id = e.client_id and c.salon_id = e.salon_id
left join public.pets p on p.id = e.pet_id and p.salon_id = e.salon_id
where e.status in ('scheduled', 'confirmed')
  -- Bounds for the index: tomorrow is always within them, even when the clocks change.
  and e.start_time > private.app_now()
  and e.start_time < private.app_now() + interval '50 hours'
  and (e.start_time at time zone s.timezone)::date
    = (private.app_now() at time zone s.timezone)::date + 1;
revoke all on table public.tomorrows_appointments from public, anon, authenticated, service_role;
grant select on table public.tomorrows_appointments to authenticated, service_role, sms_worker;
comment on view public.tomorrows_appointments is
  'The appointments of the next calendar day in each salon''s own time zone.';
