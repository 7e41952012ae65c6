-- Read by the client library, shared/calendar/reminders.ts.

create view public.upcoming_reminders with (security_invoker = true) as
with reminder as (
  select e.id as event_id, rule.kind, rule.salon_id, rule.lead, rule.enabled_at, s.timezone,
    private.reminder_due_at(e.start_time, s.timezone, rule.mode, rule.send_at_local,
      rule.hours_before, rule.quiet_from, rule.lead, private.sms_allowed_at(
      e.start_time - make_interval(hours => rule.hours_before),
      s.timezone, rule.quiet_from, rule.quiet_to)) as due_at
  from private.sms_rules rule
  join public.salons s on s.id = rule.salon_id
  join public.calendar_events e on e.salon_id = rule.salon_id
  where e.status in ('scheduled', 'confirmed')
    and e.start_time > private.app_now()
    and e.start_time < private.app_now() + interval '9 days'
), latest as (
  select d.*, max(d.due_at) filter (where d.due_at <= private.app_now())
    over (partition by d.salon_id, d.event_id) as latest_due_at
  from reminder d
  -- As in private.sms_occasions.
  where d.enabled_at is null or d.due_at >= d.enabled_at
)
select
  e.id as event_id,
  e.salon_id,
  e.client_id,
  e.pet_id,
  e.start_time,
  d.timezone,
  (e.start_time at time zone d.timezone)::date as local_date,
  to_char(e.start_time at time zone d.timezone, 'HH24:MI') as local_start,
  allowed.send_at,
  to_char(allowed.send_at at time zone d.timezone, 'YYYY-MM-DD HH24:MI') as local_send_at,
  case
    when e.client_id is null then 'no_client'
    when not c.has_gdpr_consent then 'no_consent'
    when exists (
      select from public.sms_opt_outs o
      where o.salon_id = c.salon_id and o.phone = private.e164(c.phone_number))
      then 'opted_out'
    when e.created_at > d.due_at
      and (e.created_at at time zone d.timezone)::date
        = (e.start_time at time zone d.timezone)::date then 'booked_same_day'
    when allowed.send_at >= e.start_time - d.lead then 'no_window'
  end::public.sms_reason as skip_reason,
  e.attendee_name,
  d.kind
from latest d
join public.calendar_events e on e.id = d.event_id
join public.sms_settings r on r.salon_id = d.salon_id
left join public.clients c on c.id = e.client_id and c.salon_id = e.salon_id
left join public.sms_message_events covered
  on covered.event_id = e.id and covered.start_time = e.start_time and covered.kind = d.kind
cross join lateral private.sms_allowed_at(
  greatest(d.due_at, private.app_now(),
    coalesce(greatest(e.created_at, e.last_event_at), '-infinity') + r.delay_after_booking),
  d.timezone, r.quiet_from, r.quiet_to) as allowed (send_at)
where covered.event_id is null
  -- Of several that are due, a client gets the latest only.
  and (d.latest_due_at is null or d.due_at >= d.latest_due_at);

revoke all on table public.upcoming_reminders from public, anon, authenticated, service_role;
grant select on table public.upcoming_reminders to authenticated;
comment on view public.upcoming_reminders is
  'Appointments of the next nine days and the reminders of them that no message covers yet, and '
  'when these will be sent as things stand. With another appointment on the same day it may be sent earlier. Once a '
  'reminder is due and planned, it is in reminder_log.';
comment on column public.upcoming_reminders.skip_reason is
  'Why no reminder will be sent unless somebody corrects it. The phone number is checked only when '
  'the reminder is sent.';
