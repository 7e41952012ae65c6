-- Read by the client library, shared/calendar/reminders.ts.

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
    else m.status::text
  end::public.reminder_outcome as outcome,
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
  -- A subquery, so that it is computed only for the rows of a page, after sorting.
  (
    select coalesce(jsonb_agg(jsonb_build_object(
      'event_id', covered.event_id,
      'local_start', to_char(covered.start_time at time zone s.timezone, 'HH24:MI'),
      'pet_name', p.name
    ) order by covered.start_time, covered.event_id), '[]')
    from public.sms_message_events covered
    left join public.calendar_events e on e.id = covered.event_id
    left join public.pets p on p.id = e.pet_id
    where covered.message_id = m.id
  ) as appointments,
  m.kind
from public.sms_messages m
join public.salons s on s.id = m.salon_id;
revoke all on table public.reminder_log from public, anon, authenticated, service_role;
grant select on table public.reminder_log to authenticated;
comment on view public.reminder_log is
  'Every message and what became of it. Numbers and texts are not masked: members see '
  'their clients anyway, and have to recognize a wrong number.';
comment on column public.reminder_log.local_send_at is
  'When it was sent or will be, in the salon''s time zone.';
comment on column public.reminder_log.appointments is
  'The appointments that the message covers: event_id, local_start, pet_name. Empty once they '
  'were moved or deleted, or another message told the client again.';
