-- A thousand salons with reminders, each with a hundred clients who have an appointment tomorrow:
-- 100,000 reminders that are due all day today. A pet has the id of its owner. Triggers are off, so
-- the columns they fill in are set here. Ids ascend, which is many times faster for the indexes.

insert into public.salons (id, name, address)
select (lpad(to_hex(n * 4294967), 8, '0') || right(md5('salon ' || n), 24))::uuid,
  'Salon ' || n, 'Lipowa ' || n || ', Warszawa'
from generate_series(1, 1000::bigint) n;

insert into public.sms_settings (salon_id, enabled, send_at_local, quiet_from, quiet_to)
select s.id, true, '00:00', '00:00', '00:00' from public.salons s;

insert into public.clients (id, salon_id, name, surname, phone_number, email, has_gdpr_consent)
select (lpad(to_hex(n * 42949), 8, '0') || right(md5('client ' || n), 24))::uuid, s.id, 'Zofia',
  'Kaczmarek', '+48' || 501000000 + n, 'zofia.' || n || '@poczta.example', true
from (select id, row_number() over (order by id) as number from public.salons) s
cross join lateral generate_series(s.number * 100 - 99, s.number * 100) n
order by n;

insert into public.pets (id, salon_id, name)
select c.id, c.salon_id, 'Fiona' from public.clients c;

insert into public.calendar_events (cal_com_event_id, salon_id, client_id, pet_id, link_source,
  title, start_time, end_time, duration_minutes, status, created_at, last_event_at)
select 'due-' || c.id, c.salon_id, c.id, c.id, 'metadata', 'Strzyżenie', t.start_time,
  t.start_time + interval '1 hour', 60, 'scheduled', t.booked_at, t.booked_at
from (
  select c.id, c.salon_id, row_number() over (partition by c.salon_id order by c.id) as number
  from public.clients c
) c
join public.salons s on s.id = c.salon_id
cross join lateral (
  select ((now() at time zone s.timezone)::date + 1 + time '08:00'
      + c.number * interval '6 minutes') at time zone s.timezone as start_time,
    now() - interval '20 days' as booked_at
) t;

-- Only what has rows: Postgres would take the others for tables that stay empty.
analyze public.salons, public.sms_settings, public.clients, public.pets, public.calendar_events;
