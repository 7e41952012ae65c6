-- Which appointments may need a message. Read by the view due_reminders.

create view private.unplanned_appointments with (security_invoker = true) as
select
  e.id as event_id,
  r.salon_id,
  o.kind,
  c.id as client_id,
  p.name as pet,
  e.start_time,
  (e.start_time at time zone s.timezone)::date as local_date,
  o.due_at,
  o.lead,
  coalesce(e.created_at, '-infinity') as booked_at,
  (coalesce(e.created_at, '-infinity') at time zone s.timezone)::date as booked_on,
  coalesce(greatest(e.created_at, e.last_event_at), '-infinity') + r.delay_after_booking
    as held_back_until,
  r.delay_after_booking,
  case when r.group_same_day and c.id is not null then null else e.id end as alone,
  allowed.send_at >= e.start_time - o.lead as too_late,
  -- Ten minutes: two runs.
  private.sms_allowed_at(
    private.app_now() + interval '10 minutes', s.timezone, r.quiet_from, r.quiet_to)
    >= e.start_time - o.lead as soon_too_late
from public.sms_settings r
join public.salons s on s.id = r.salon_id
cross join lateral private.sms_occasions_of(r.salon_id) o
join public.calendar_events e on e.id = o.event_id and e.salon_id = r.salon_id
cross join lateral private.sms_allowed_at(
  private.app_now(), s.timezone, r.quiet_from, r.quiet_to) as allowed (send_at)
cross join lateral (select (o.message).*) m
-- Not by =, as in sms_occasions.
left join public.clients c
  on c.id = e.client_id and c.salon_id is not distinct from e.salon_id
left join public.pets p on p.id = e.pet_id and p.salon_id is not distinct from e.salon_id
where not o.is_superseded
  and (
    m.maybe_sent_since is null and case coalesce(m.status, 'cancelled')
      when 'cancelled' then true
      -- An earlier appointment in the same message had an earlier deadline.
      when 'expired' then allowed.send_at < e.start_time - o.lead
      when 'skipped' then private.sms_skip_is_resolved(
        o.message, c.id, c.has_gdpr_consent, c.phone_number, o.settings_changed_at,
        s.timezone)
      when 'failed' then private.sms_skip_is_resolved(
        o.message, c.id, c.has_gdpr_consent, c.phone_number, o.settings_changed_at,
        s.timezone)
      else false
    end
    or m.id is not null and allowed.send_at < e.start_time - o.lead
      and private.sms_must_tell_again(o.message, e.id, o.true_start, c.phone_number)
  )
  and not private.sms_is_told(
    e.id, c.phone_number, o.kind, o.true_start, o.told_since, o.known_start)
  and not private.sms_is_being_told(e.id, e.start_time, o.kind);

revoke all on table private.unplanned_appointments
  from public, anon, authenticated, service_role;
grant select on table private.unplanned_appointments to sms_worker;
comment on view private.unplanned_appointments is
  'Appointments with an occasion that no message covers, or only one that was not sent and whose '
  'cause is gone, or one after which the client must be told again; none whose client was told '
  'already or is about to be. due_at: when the settings say that the message is due. alone: its own '
  'id, if it is not grouped with others. soon_too_late: ten minutes from now it would be too late '
  'to send it.';
