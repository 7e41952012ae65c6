-- Called by the views private.sms_occasions and upcoming_reminders.

create function private.reminder_due_at(
  start_time timestamptz, zone text, mode public.reminder_mode, send_at_local time,
  hours_before smallint, quiet_from time, lead interval, allowed_at timestamptz
)
returns timestamptz
language plpgsql
stable
set search_path = ''
as $$
declare
  due_at timestamptz := start_time - make_interval(hours => reminder_due_at.hours_before);
  clock timestamp;
begin
  if reminder_due_at.mode = 'day_before' then
    return ((start_time at time zone zone)::date - 1 + reminder_due_at.send_at_local) at time zone zone;
  end if;
  if allowed_at < start_time - reminder_due_at.lead then
    return due_at;
  end if;
  clock := due_at at time zone zone;
  -- Early enough for several runs.
  return (clock::date - (clock::time < reminder_due_at.quiet_from)::integer + reminder_due_at.quiet_from)
    at time zone zone - interval '30 minutes';
end;
$$;
revoke all on function
  private.reminder_due_at(
    timestamptz, text, public.reminder_mode, time, smallint, time, interval, timestamptz)
  from public, anon, authenticated;
-- The view upcoming_reminders calls it with the rights of its reader.
grant execute on function
  private.reminder_due_at(
    timestamptz, text, public.reminder_mode, time, smallint, time, interval, timestamptz)
  to sms_worker, authenticated;
comment on function
  private.reminder_due_at(
    timestamptz, text, public.reminder_mode, time, smallint, time, interval, timestamptz) is
  'When a rule of sms_rules says that the reminder of an appointment is due. allowed_at: in the mode '
  'hours_before, the first moment from then on outside the quiet hours. If that is too late, the '
  'reminder is due half an hour before the quiet hours begin.';
