-- Which appointments may need a reminder. Read by the view due_reminders.

create view private.unplanned_appointments with (security_invoker = true) as
select
  e.id as event_id,
  e.salon_id,
  c.id as client_id,
  p.name as pet,
  e.start_time,
  (e.start_time at time zone s.timezone)::date as local_date,
  private.reminder_due_at(e.start_time, s.timezone, r, private.sms_allowed_at(
    e.start_time - make_interval(hours => r.hours_before),
    s.timezone, r.quiet_from, r.quiet_to)) as due_at,
  coalesce(e.created_at, '-infinity') as booked_at,
  (coalesce(e.created_at, '-infinity') at time zone s.timezone)::date as booked_on,
  coalesce(greatest(e.created_at, e.last_event_at), '-infinity') + r.delay_after_booking
    as held_back_until,
  r.delay_after_booking,
  case when r.group_same_day and c.id is not null then null else e.id end as alone,
  allowed.send_at >= e.start_time - r.min_lead as too_late,
  -- Ten minutes: two runs.
  private.sms_allowed_at(
    private.app_now() + interval '10 minutes', s.timezone, r.quiet_from, r.quiet_to)
    >= e.start_time - r.min_lead as soon_too_late
from public.sms_settings r
join public.salons s on s.id = r.salon_id
join public.calendar_events e on e.salon_id = r.salon_id
cross join lateral private.sms_allowed_at(
  private.app_now(), s.timezone, r.quiet_from, r.quiet_to) as allowed (send_at)
left join public.sms_message_events covered
  on covered.event_id = e.id and covered.start_time = e.start_time and covered.kind = 'reminder'
left join public.sms_messages m on m.id = covered.message_id
left join public.clients c on c.id = e.client_id and c.salon_id = e.salon_id
left join public.pets p on p.id = e.pet_id and p.salon_id = e.salon_id
where r.enabled
  and e.status in ('scheduled', 'confirmed')
  and e.start_time > (select private.app_now())
  -- A bound for the index: no reminder of an appointment after it can be due.
  and e.start_time < (select private.app_now()) + case r.mode
    when 'hours_before' then make_interval(hours => r.hours_before + 51)
    else interval '50 hours'
  end
  and (
    m.maybe_sent_since is null and case coalesce(m.status, 'cancelled')
      when 'cancelled' then true
      -- An earlier appointment in the same message had an earlier deadline.
      when 'expired' then allowed.send_at < e.start_time - r.min_lead
      when 'skipped' then private.sms_skip_is_resolved(
        m, c.id, c.has_gdpr_consent, c.phone_number, r.updated_at, s.timezone)
      when 'failed' then private.sms_skip_is_resolved(
        m, c.id, c.has_gdpr_consent, c.phone_number, r.updated_at, s.timezone)
      else false
    end
    or m.id is not null and allowed.send_at < e.start_time - r.min_lead
      and private.sms_must_tell_again(m, e.id, e.start_time, c.phone_number)
  )
  and not exists (
    select from private.sms_last_text(e.id, c.phone_number) t where t.start_time = e.start_time);
revoke all on table private.unplanned_appointments
  from public, anon, authenticated, service_role;
grant select on table private.unplanned_appointments to sms_worker;
comment on view private.unplanned_appointments is
  'Appointments of the next days that no message covers, or only one that was not sent and whose '
  'cause is gone, or one after which the client must be told again; none whose start is what the '
  'last text to the client''s number names. due_at: when the settings say '
  'that the reminder is due. alone: its own id, if its reminder is not grouped with others. '
  'soon_too_late: ten minutes from now it would be too late to send it.';
