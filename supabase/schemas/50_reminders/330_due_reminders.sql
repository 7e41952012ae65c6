-- What is to be sent when. Read by private.sms_plan_salon and sms_preview.

create view public.due_reminders with (security_invoker = true) as
with due as (
  select
    u.salon_id,
    u.kind,
    u.client_id,
    u.local_date,
    u.alone,
    -- Grouped by: an early appointment must not cost a later one its reminder.
    u.too_late,
    min(u.start_time) as first_start,
    min(u.start_time - u.lead) as last_moment,
    min(u.due_at) as due_at,
    array_agg(u.event_id order by u.start_time, u.event_id) as event_ids,
    array_agg(u.start_time order by u.start_time, u.event_id) as start_times,
    jsonb_agg(jsonb_build_object('startTime', u.start_time, 'pet', u.pet)
      order by u.start_time, u.event_id) as appointments
  from private.unplanned_appointments u
  -- Who books on the day of the appointment needs no reminder. Who booked earlier, but after the
  -- reminder was due, gets it late.
  where u.kind in ('booked', 'moved', 'cancelled')
    or u.booked_at <= u.due_at or u.booked_on < u.local_date
  group by u.salon_id, u.kind, u.client_id, u.local_date, u.alone, u.too_late
  having min(u.due_at) <= private.app_now() and (
      max(u.held_back_until) <= private.app_now()
      -- Bookings that keep coming must not hold the first one back for good.
      or min(greatest(u.due_at, u.held_back_until) + u.delay_after_booking) <= private.app_now()
      or bool_or(u.soon_too_late and greatest(u.due_at, u.held_back_until) <= private.app_now())
    )
    or u.alone is null and not u.too_late
      and private.sms_waiting_message(u.salon_id, u.client_id, u.local_date, u.kind) is not null
), reminder as (
  -- One message at a time: what it tells may make the others needless.
  select distinct on (d.salon_id, d.client_id, d.local_date, d.alone, d.too_late) d.*
  from due d
  order by d.salon_id, d.client_id, d.local_date, d.alone, d.too_late, d.due_at desc, d.kind desc
)
select
  d.salon_id,
  s.name as salon_name,
  s.address as salon_address,
  s.timezone,
  private.sms_template(d.salon_id, d.kind, d.event_ids) as template,
  r.language,
  r.transliterate,
  r.max_segments,
  d.client_id,
  c.name as client_name,
  c.phone_number,
  d.local_date,
  d.event_ids,
  d.start_times,
  d.appointments,
  case when d.alone is null and not d.too_late
    then private.sms_waiting_message(d.salon_id, d.client_id, d.local_date, d.kind)
  end as waiting_message_id,
  allowed.send_at,
  case when d.kind in ('booked', 'moved', 'cancelled')
    then least(d.last_moment, private.app_now() + interval '1 day')
    else d.last_moment end as not_after,
  case
    when d.client_id is null then 'no_client'
    when not c.has_gdpr_consent then 'no_consent'
    when d.too_late then 'no_window'
  end::public.sms_reason as skip_reason,
  r.allowed_links,
  s.phone_number as salon_phone,
  d.kind
from reminder d
join public.sms_settings r on r.salon_id = d.salon_id
join public.salons s on s.id = d.salon_id
-- Not by =, as in sms_occasions.
left join public.clients c
  on c.id = d.client_id and c.salon_id is not distinct from d.salon_id
cross join lateral private.sms_allowed_at(
  private.app_now(), s.timezone, r.quiet_from, r.quiet_to) as allowed (send_at);
revoke all on table public.due_reminders from public, anon, authenticated, service_role;
grant select on table public.due_reminders to sms_worker;
comment on view public.due_reminders is
  'The messages that should exist by now and do not: one row per client and day, with its kind and '
  'appointments. waiting_message_id: a message about the same day that was not sent yet, which '
  'they join. skip_reason: why the message must not be sent. Read as sms_worker.';
