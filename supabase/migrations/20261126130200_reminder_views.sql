-- Which reminders went out, and which will.
-- Objects: views reminder_log, upcoming_reminders.
-- Destructive: no. Undo: drop the views.

create view public.reminder_log with (security_invoker = true) as
select
  m.id as message_id,
  m.salon_id,
  m.client_id,
  m.local_date,
  m.phone_number,
  m.body,
  m.segments,
  m.provider,
  m.status,
  case
    when m.status in ('pending', 'leased') then 'upcoming'
    when m.status in ('undelivered', 'failed', 'dead', 'expired') then 'failed'
    else m.status
  end as outcome,
  m.reason,
  m.error_code,
  m.attempts,
  m.next_attempt_at,
  m.sent_at,
  m.final_at,
  m.created_at,
  s.timezone,
  to_char(coalesce(m.sent_at, m.next_attempt_at) at time zone s.timezone, 'YYYY-MM-DD HH24:MI')
    as local_send_at,
  -- Not joined, so that it is computed for the rows of a page only, after they were sorted.
  (
    select coalesce(jsonb_agg(jsonb_build_object(
      'event_id', k.event_id,
      'local_start', to_char(k.start_time at time zone s.timezone, 'HH24:MI'),
      'pet_name', p.name
    ) order by k.start_time, k.event_id), '[]')
    from public.sms_message_events k
    left join public.calendar_events e on e.id = k.event_id
    left join public.pets p on p.id = e.pet_id
    where k.message_id = m.id
  ) as visits
from public.sms_messages m
join public.salons s on s.id = m.salon_id
where m.kind = 'reminder';
revoke all on table public.reminder_log from public, anon, authenticated, service_role;
grant select on table public.reminder_log to authenticated;
comment on view public.reminder_log is
  'Every reminder that was planned, and what became of it. Numbers and texts are shown whole: who '
  'reads them sees the clients anyway, and a wrong number has to be recognised.';
comment on column public.reminder_log.outcome is
  'upcoming, sent, delivered, failed, skipped (not to be sent: see reason), cancelled (the visit '
  'is gone) or unknown (the gateway may have it).';
comment on column public.reminder_log.local_send_at is
  'By the clock of the salon: when it was sent or is to be.';
comment on column public.reminder_log.visits is
  'The visits it is about: event_id, local_start, pet_name. Empty once they were moved or deleted.';

-- The same for whoever reads the view below.
grant execute on function private.sms_allowed_at(timestamptz, text, time, time) to authenticated;

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
  greatest(d.due_at, private.sms_now(), coalesce(greatest(e.created_at, e.last_event_at),
    '-infinity') + r.settle),
  s.timezone, r.quiet_from, r.quiet_to) as t (send_at)
where e.status in ('scheduled', 'confirmed')
  and e.start_time > private.sms_now()
  and e.start_time < private.sms_now() + interval '9 days'
  and k.event_id is null;
revoke all on table public.upcoming_reminders from public, anon, authenticated, service_role;
grant select on table public.upcoming_reminders to authenticated;
comment on view public.upcoming_reminders is
  'Visits of the next nine days of which no message exists yet, and when the reminder is to go out '
  'as things stand; with another visit of the same day it may go out earlier. Once planned, which '
  'is when it is due, it is in reminder_log.';
comment on column public.upcoming_reminders.skip_reason is
  'Why there will be none unless that is put right: as sms_messages.reason, or booked_same_day. '
  'Whether the number is one that gets SMS is looked at only when it is sent.';
