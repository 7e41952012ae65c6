-- When which reminder is due. Read by the views private.sms_occasions and upcoming_reminders.

create view private.sms_rules with (security_invoker = true) as
select r.salon_id, 'reminder'::public.sms_message_kind as kind, r.mode, r.send_at_local,
  r.hours_before, r.quiet_from, r.quiet_to, r.min_lead as lead, r.updated_at,
  null::timestamptz as enabled_at
from public.sms_settings r
where r.enabled
union all
select r.salon_id, t.kind, t.mode, t.send_at_local, t.hours_before, r.quiet_from, r.quiet_to,
  case t.mode
    -- Two hours of lead would leave no time for a reminder two hours before.
    when 'hours_before' then least(r.min_lead, make_interval(hours => t.hours_before) / 2)
    else r.min_lead
  end, greatest(r.updated_at, t.updated_at), t.enabled_at
from public.sms_texts t
join public.sms_settings r on r.salon_id = t.salon_id
where r.enabled and t.enabled and t.kind in ('second_reminder', 'third_reminder');

revoke all on table private.sms_rules from public, anon, authenticated, service_role;
-- The view upcoming_reminders reads it with the rights of its reader.
grant select on table private.sms_rules to sms_worker, authenticated;
comment on view private.sms_rules is
  'The reminders that each salon sends, and when. lead: how long before the appointment it is too '
  'late. updated_at: when its settings last changed. enabled_at: a further reminder that was due '
  'before is not sent; null for the first one, which is rather sent late.';
