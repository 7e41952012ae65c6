-- Called by the views private.sms_occasions and upcoming_reminders.

create function private.reminder_due_at(
  start_time timestamptz, zone text, rule private.sms_rules, allowed_at timestamptz
)
returns timestamptz
language plpgsql
stable
set search_path = ''
as $$
declare
  due_at timestamptz := start_time - make_interval(hours => rule.hours_before);
  clock timestamp;
begin
  if rule.mode = 'day_before' then
    return ((start_time at time zone zone)::date - 1 + rule.send_at_local) at time zone zone;
  end if;
  if allowed_at < start_time - rule.lead then
    return due_at;
  end if;
  clock := due_at at time zone zone;
  -- Early enough for several runs.
  return (clock::date - (clock::time < rule.quiet_from)::integer + rule.quiet_from)
    at time zone zone - interval '30 minutes';
end;
$$;
revoke all on function
  private.reminder_due_at(timestamptz, text, private.sms_rules, timestamptz)
  from public, anon, authenticated;
-- The view upcoming_reminders calls it with the rights of its reader.
grant execute on function
  private.reminder_due_at(timestamptz, text, private.sms_rules, timestamptz)
  to sms_worker, authenticated;
comment on function
  private.reminder_due_at(timestamptz, text, private.sms_rules, timestamptz) is
  'When a rule says that the reminder of an appointment is due. allowed_at: in the mode '
  'hours_before, the first moment from then on outside the quiet hours. If that is too late, the '
  'reminder is due half an hour before the quiet hours begin.';
