-- What calls for a message. Read by the view private.unplanned_appointments.

create view private.sms_occasions with (security_invoker = true) as
with appointment_occasion as (
  select e.id as event_id, e.salon_id, e.client_id, rule.kind,
    private.reminder_due_at(e.start_time, s.timezone, rule.mode, rule.send_at_local,
      rule.hours_before, rule.quiet_from, rule.lead, private.sms_allowed_at(
      e.start_time - make_interval(hours => rule.hours_before),
      s.timezone, rule.quiet_from, rule.quiet_to)) as due_at,
    rule.lead, s.timezone, e.start_time, e.start_time as true_start, null::timestamptz as known_start,
    rule.updated_at as settings_changed_at, rule.enabled_at
  from private.sms_rules rule
  join public.salons s on s.id = rule.salon_id
  join public.calendar_events e on e.salon_id = rule.salon_id
  where e.status in ('scheduled', 'confirmed')
    and e.start_time > (select private.app_now())
    -- A bound for the index: no reminder of an appointment after it can be due.
    and e.start_time < (select private.app_now()) + case rule.mode
      when 'hours_before' then make_interval(hours => rule.hours_before + 51)
      else interval '50 hours'
    end
  union all
  select e.id, e.salon_id, e.client_id, changed.kind, changed.happened_at, interval '0',
    s.timezone, e.start_time, case changed.kind when 'cancelled' then 'infinity' else e.start_time end,
    changed.known_start, greatest(r.updated_at, t.updated_at), t.enabled_at
  from private.sms_changes changed
  join public.sms_settings r on r.salon_id = changed.salon_id and r.enabled
  join public.salons s on s.id = r.salon_id
  join public.sms_texts t
    on t.salon_id = changed.salon_id and t.kind = changed.kind and t.enabled
  join public.calendar_events e
    on e.id = changed.event_id and e.salon_id = changed.salon_id
  where changed.happened_at > (select private.app_now()) - interval '1 day'
    and e.start_time > (select private.app_now())
    and e.status = any (case changed.kind
      when 'cancelled' then array['cancelled'] else array['scheduled', 'confirmed'] end)
), occasion as (
  select o.*,
    -- Nobody needs two texts within an hour that say the same. One that is not due yet can be sent
    -- now with others of the day.
    least(o.due_at, (select private.app_now())) - interval '1 hour' as told_since,
    count(*) over (partition by o.salon_id, o.event_id) > 1 as has_rivals,
    min(o.due_at) over (partition by o.salon_id, o.kind, coalesce(o.client_id, o.event_id),
      (o.start_time at time zone o.timezone)::date) as first_due_at
  from appointment_occasion o
  -- Not what was due before the salon switched it on.
  where o.enabled_at is null or o.due_at >= o.enabled_at
), planned as (
  select o.*, m as message,
    o.has_rivals and o.due_at <= (select private.app_now())
      -- Nothing but its own text keeps it from being sent, so another may go in its place.
      and not coalesce(m.status = 'skipped' and m.reason in ('template', 'too_long'), false)
      and not private.sms_is_told(
        o.event_id, c.phone_number, o.kind, o.true_start, o.told_since, o.known_start)
      as supersedes
  from occasion o
  -- Not by =, or Postgres may read all clients of the salon for each appointment.
  left join public.clients c
    on c.id = o.client_id and c.salon_id is not distinct from o.salon_id
  left join public.sms_message_events covered
    on covered.event_id = o.event_id and covered.start_time = o.start_time
    and covered.kind = o.kind
  left join public.sms_messages m on m.id = covered.message_id
  -- Nothing of the client's day is due.
  where o.first_due_at <= (select private.app_now())
)
select p.event_id, p.salon_id, p.kind, p.due_at, p.lead, p.true_start, p.told_since, p.known_start,
  p.settings_changed_at, p.message,
  coalesce(p.due_at < max(p.due_at) filter (where p.supersedes)
    over (partition by p.salon_id, p.event_id), false) as is_superseded
from planned p;

revoke all on table private.sms_occasions from public, anon, authenticated, service_role;
grant select on table private.sms_occasions to sms_worker;
comment on view private.sms_occasions is
  'The reminders of coming appointments by private.sms_rules, and the notices of the last day by '
  'private.sms_changes. message: the one that covers it, if any. is_superseded: another of the same '
  'appointment is due since and not told, so that a client gets the latest only. true_start: what '
  'its text has to say; infinity: that the appointment is cancelled.';
