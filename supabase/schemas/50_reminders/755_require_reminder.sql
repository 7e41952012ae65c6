-- Called by the functions below that members call.

create function private.require_reminder(appointment public.calendar_events,
  reminder public.sms_message_kind)
returns public.sms_messages
language plpgsql
set search_path = ''
as $$
declare
  message public.sms_messages;
begin
  if reminder is null
    or reminder not in ('reminder', 'second_reminder', 'third_reminder') then
    raise exception 'This is no kind of reminder'
      using errcode = 'PT400', hint = 'Use reminder, second_reminder or third_reminder.';
  end if;
  if not private.sms_kind_is_enabled(appointment.salon_id, reminder) then
    raise exception 'The salon does not send this reminder'
      using errcode = 'PT422', detail = 'reminder_off', hint = 'An owner can switch it on in the settings.';
  end if;
  select m.* into message
  from public.sms_message_events covered
  join public.sms_messages m on m.id = covered.message_id
  where covered.event_id = appointment.id and covered.start_time = appointment.start_time
    and covered.kind = reminder
  -- A run that claims the message waits, or has claimed it already.
  for update of m;
  return message;
end;
$$;
revoke all on function
  private.require_reminder(public.calendar_events, public.sms_message_kind)
  from public, anon, authenticated;
comment on function
  private.require_reminder(public.calendar_events, public.sms_message_kind) is
  'The message that covers an appointment as this reminder, locked; nulls if there is none. PT400 '
  'if it is no reminder, PT422 if the salon does not send it.';
