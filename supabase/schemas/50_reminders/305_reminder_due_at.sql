-- Called by the views private.unplanned_appointments and upcoming_reminders.

create function private.reminder_due_at(
  start_time timestamptz, zone text, settings public.sms_settings, allowed_at timestamptz
)
returns timestamptz
language plpgsql
stable
set search_path = ''
as $$
declare
  due_at timestamptz := start_time - make_interval(hours => settings.hours_before);
  clock timestamp := due_at at time zone zone;
begin
  if settings.mode = 'day_before' then
    return ((start_time at time zone zone)::date - 1 + settings.send_at_local) at time zone zone;
  end if;
  if allowed_at < start_time - settings.min_lead then
    return due_at;
  end if;
  -- Early enough for several runs.
  return (clock::date - (clock::time < settings.quiet_from)::integer + settings.quiet_from)
    at time zone zone - interval '30 minutes';
end;
$$;
revoke all on function
  private.reminder_due_at(timestamptz, text, public.sms_settings, timestamptz)
  from public, anon, authenticated;
-- The view upcoming_reminders calls it with the rights of its reader.
grant execute on function
  private.reminder_due_at(timestamptz, text, public.sms_settings, timestamptz)
  to sms_worker, authenticated;
comment on function
  private.reminder_due_at(timestamptz, text, public.sms_settings, timestamptz) is
  'When the settings say that the reminder of an appointment is due. allowed_at: in the mode '
  'hours_before, the first moment from then on outside the quiet hours. If that is too late, the '
  'reminder is due half an hour before the quiet hours begin.';
