-- Read by the client library, shared/calendar/reminders.ts.

create view public.call_list with (security_invoker = true) as
select
  e.id as event_id,
  e.salon_id,
  e.client_id,
  c.name as client_name,
  c.surname as client_surname,
  e.attendee_name,
  coalesce(c.phone_number, e.attendee_phone) as phone,
  e.pet_id,
  p.name as pet_name,
  e.start_time,
  s.timezone,
  to_char(e.start_time at time zone s.timezone, 'YYYY-MM-DD') as local_date,
  to_char(e.start_time at time zone s.timezone, 'HH24:MI') as local_start,
  e.status
from public.calendar_events e
join public.salons s on s.id = e.salon_id
left join public.sms_settings r on r.salon_id = e.salon_id
left join public.clients c on c.id = e.client_id and c.salon_id = e.salon_id
left join public.pets p on p.id = e.pet_id and p.salon_id = e.salon_id
where e.status in ('scheduled', 'confirmed')
  and e.client_response is null
  -- Bounds for the index: tomorrow is always within them, even when the clocks change.
  and e.start_time > private.app_now()
  and e.start_time < private.app_now() + interval '50 hours'
  and (e.start_time at time zone s.timezone)::date
    = (private.app_now() at time zone s.timezone)::date + 1
  and (private.app_now() at time zone s.timezone)::time
    >= coalesce(r.call_list_from, '15:00');

revoke all on table public.call_list from public, anon, authenticated, service_role;
grant select on table public.call_list to authenticated;
comment on view public.call_list is
  'Whom to phone: the appointments of the next calendar day whose clients did not answer. Empty '
  'until sms_settings.call_list_from, by the salon''s clock.';
