-- Salons with a thousand appointments each, three a day from eleven months ago to a fortnight
-- ahead, and for each appointment a delivery and, if it is over, a reminder. The number of salons
-- is bench.salons. Each salon has the same data whatever their number, and its rows are mixed with
-- those of all the others. Triggers are off, so the columns they fill in are set here. Ids ascend,
-- which is many times faster for the indexes. A pet has the id of its owner, a reminder that of its
-- appointment.

insert into auth.users (id, email)
select md5('owner ' || n)::uuid, n || '@barkbook.example'
from generate_series(1, current_setting('bench.salons')::integer) n;

insert into public.salons (id, user_id, name)
select md5('salon ' || n)::uuid, md5('owner ' || n)::uuid, 'Salon ' || n
from generate_series(1, current_setting('bench.salons')::integer) n;

insert into public.sms_settings (salon_id, enabled) select id, true from public.salons;

insert into public.clients (id, salon_id, name, surname, phone_number, email, has_gdpr_consent)
select md5('client ' || s.name || ' ' || c)::uuid, s.id, 'Zofia', 'Kaczmarek',
  '+48' || 501000000 + row_number() over (), 'zofia@poczta.example', true
from public.salons s cross join generate_series(0, 49) c;

insert into public.pets (id, salon_id, name, allergies)
select c.id, c.salon_id, 'Fiona', 'owies' from public.clients c;
insert into public.client_pets (client_id, pet_id) select c.id, c.id from public.clients c;

create unlogged table appointment as
select (lpad(to_hex(v * 4294967 + n), 8, '0') || right(md5(s.name || v), 24))::uuid as id,
  s.id as salon_id, md5('client ' || s.name || ' ' || v % 50)::uuid as client_id,
  date_trunc('hour', now()) + (v - 960) * interval '8 hours' as start_time
from generate_series(1, 1000::bigint) v
cross join (select id, name, row_number() over (order by id) as n from public.salons) s
order by v, s.n;

insert into public.calendar_events (id, cal_com_event_id, salon_id, client_id, pet_id, link_source,
  title, start_time, end_time, duration_minutes, status, created_at, synced_at, last_event_at)
select id, id::text, salon_id, client_id, client_id, 'metadata', 'Strzyżenie', start_time,
  start_time + interval '1 hour', 60,
  case when start_time < now() then 'completed' else 'scheduled' end,
  start_time - interval '14 days', start_time - interval '14 days' + interval '2 seconds',
  start_time - interval '14 days'
from appointment;

insert into public.webhook_logs (id, delivery_key, salon_id, webhook_type, payload,
  cal_com_event_id, created_at, processed_at, status, action, duration_ms)
select id, id::text, salon_id, 'BOOKING_CREATED', '{}', id::text,
  start_time - interval '13 days', start_time - interval '13 days',
  case when hashtext(id::text) % 50 = 0 then 'error' else 'success' end, 'applied', 3
from appointment;

insert into public.sms_messages (id, salon_id, client_id, local_date, phone_number, phone, body,
  encoding, segments, provider, status, attempts, next_attempt_at, not_after, provider_message_id,
  sent_at, final_at, created_at, updated_at)
select v.id, v.salon_id, v.client_id, v.start_time::date, c.phone_number, c.phone_number,
  'Przypomnienie: wizyta jutro, wtorek 24.11 o 14:00 (Fiona). Salon', 'GSM-7', 1, 'smsapi',
  'delivered', 1, t.sent_at, v.start_time, v.id::text, t.sent_at, t.sent_at, t.sent_at, t.sent_at
from appointment v
join public.clients c on c.id = v.client_id
cross join lateral (select v.start_time - interval '1 day' as sent_at) t
where v.start_time < now();

insert into public.sms_message_events (event_id, start_time, kind, message_id, salon_id)
select id, start_time, 'reminder', id, salon_id from appointment where start_time < now();

drop table appointment;
