-- Read by the client library, shared/calendar/reminders.ts.

create view public.upcoming_reminders with (security_invoker = true) as
select
  e.id as event_id,
  e.salon_id,
  e.client_id,
  e.pet_id,
  e.start_time,
  s.timezone,
  (e.start_time at time zone s.timezone)::date as local_date,
  to_char(e.start_time at time zone s.timezone, 'HH24:MI') as local_start,
  t.send_at,
  to_char(t.send_at at time zone s.timezone, 'YYYY-MM-DD HH24:MI') as local_send_at,
  case
    when e.client_id is null then 'no_client'
    when not c.has_gdpr_consent then 'no_consent'
    when o.phone is not null then 'opted_out'
    when e.created_at > d.due_at
      and (e.created_at at time zone s.timezone)::date
        = (e.start_time at time zone s.timezone)::date then 'booked_same_day'
    when t.send_at >= e.start_time - r.min_lead then 'no_window'
  end as skip_reason
from public.calendar_events e
join public.salons s on s.id = e.salon_id
join public.sms_settings r on r.salon_id = e.salon_id and r.enabled
left join public.clients c on c.id = e.client_id and c.salon_id = e.salon_id
left join public.sms_opt_outs o
  on o.salon_id = c.salon_id and o.phone = private.e164(c.phone_number)
left join public.sms_message_events k
  on k.event_id = e.id and k.start_time = e.start_time and k.kind = 'reminder'
cross join lateral (
  select case r.mode
    when 'hours_before' then e.start_time - make_interval(hours => r.hours_before)
    else ((e.start_time at time zone s.timezone)::date - 1 + r.send_at_local)
      at time zone s.timezone
  end as due_at
) d
cross join lateral private.sms_allowed_at(
  greatest(d.due_at, private.app_now(), coalesce(greatest(e.created_at, e.last_event_at),
    '-infinity') + r.settle),
  s.timezone, r.quiet_from, r.quiet_to) as t (send_at)
where e.status in ('scheduled', 'confirmed')
  and e.start_time > private.app_now()
  and e.start_time < private.app_now() + interval '9 days'
  and k.event_id is null;
revoke all on table public.upcoming_reminders from public, anon, authenticated, service_role;
grant select on table public.upcoming_reminders to authenticated;
comment on view public.upcoming_reminders is
  'Appointments of the next nine days of which no message exists yet, and when the reminder is to go out '
  'as things stand; with another appointment of the same day it may go out earlier. Once planned, which '
  'is when it is due, it is in reminder_log.';
comment on column public.upcoming_reminders.skip_reason is
  'Why there will be none unless that is put right: as sms_messages.reason, or booked_same_day. '
  'Whether the number is one that gets SMS is looked at only when it is sent.';
