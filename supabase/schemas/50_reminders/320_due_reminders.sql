-- The rules of what is reminded when. Read by the planner only.

create view public.due_reminders with (security_invoker = true) as
with unplanned as (
  select
    e.id as event_id,
    e.salon_id,
    c.id as client_id,
    p.name as pet,
    e.start_time,
    (e.start_time at time zone s.timezone)::date as local_date,
    case r.mode
      when 'hours_before' then e.start_time - make_interval(hours => r.hours_before)
      else ((e.start_time at time zone s.timezone)::date - 1 + r.send_at_local)
        at time zone s.timezone
    end as due_at,
    coalesce(e.created_at, '-infinity') as booked_at,
    (coalesce(e.created_at, '-infinity') at time zone s.timezone)::date as booked_on,
    coalesce(greatest(e.created_at, e.last_event_at), '-infinity') + r.settle as settled_at,
    case when r.group_same_day and c.id is not null then null else e.id end as alone,
    -- Apart from the others: an early appointment must not cost a late one its reminder.
    t.send_at >= e.start_time - r.min_lead as too_late
  from public.sms_settings r
  join public.salons s on s.id = r.salon_id
  join public.calendar_events e on e.salon_id = r.salon_id
  cross join lateral private.sms_allowed_at(
    private.app_now(), s.timezone, r.quiet_from, r.quiet_to) as t (send_at)
  left join public.sms_message_events k
    on k.event_id = e.id and k.start_time = e.start_time and k.kind = 'reminder'
  left join public.sms_messages m on m.id = k.message_id
  left join public.clients c on c.id = e.client_id and c.salon_id = e.salon_id
  left join public.pets p on p.id = e.pet_id and p.salon_id = e.salon_id
  where r.enabled
    and e.status in ('scheduled', 'confirmed')
    and e.start_time > (select private.app_now())
    -- For the index: no appointment after the day on which the last one that can be due takes place.
    and e.start_time < (select private.app_now()) + case r.mode
      when 'hours_before' then make_interval(hours => r.hours_before + 26)
      else interval '50 hours'
    end
    -- Apart, so that what is planned already, as most appointments are, costs no look at clients.
    and coalesce(m.status, 'cancelled') in ('cancelled', 'skipped', 'failed', 'expired')
    and m.maybe_sent_since is null
    and case m.status
      -- With the deadline of an earlier appointment that was in the same message.
      when 'expired' then t.send_at < e.start_time - r.min_lead
      when 'skipped' then private.sms_skip_is_resolved(
        m, c.id, c.has_gdpr_consent, c.phone_number, r.updated_at)
      when 'failed' then private.sms_skip_is_resolved(
        m, c.id, c.has_gdpr_consent, c.phone_number, r.updated_at)
      else true
    end
), reminder as (
  select
    u.salon_id,
    u.client_id,
    u.local_date,
    u.too_late,
    min(u.start_time) as first_start,
    array_agg(u.event_id order by u.start_time, u.event_id) as event_ids,
    array_agg(u.start_time order by u.start_time, u.event_id) as start_times,
    jsonb_agg(jsonb_build_object('startTime', u.start_time, 'pet', u.pet)
      order by u.start_time, u.event_id) as appointments
  from unplanned u
  -- Who books for the same day knows; who booked before is reminded late rather than never.
  where u.booked_at <= u.due_at or u.booked_on < u.local_date
  group by u.salon_id, u.client_id, u.local_date, u.alone, u.too_late
  having min(u.due_at) <= private.app_now() and max(u.settled_at) <= private.app_now()
)
select
  d.salon_id,
  s.name as salon_name,
  s.address as salon_address,
  s.timezone,
  r.template,
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
  t.send_at,
  d.first_start - r.min_lead as not_after,
  case
    when d.client_id is null then 'no_client'
    when not c.has_gdpr_consent then 'no_consent'
    when d.too_late then 'no_window'
  end as skip_reason
from reminder d
join public.sms_settings r on r.salon_id = d.salon_id
join public.salons s on s.id = d.salon_id
left join public.clients c on c.id = d.client_id and c.salon_id = d.salon_id
cross join lateral private.sms_allowed_at(
  private.app_now(), s.timezone, r.quiet_from, r.quiet_to) as t (send_at);
revoke all on table public.due_reminders from public, anon, authenticated, service_role;
grant select on table public.due_reminders to sms_worker;
comment on view public.due_reminders is
  'The messages that ought to exist by now and do not: one row per client and day, with the appointments '
  'in it. skip_reason: why it must not be sent. What sms_plan writes down, read as sms_worker.';
