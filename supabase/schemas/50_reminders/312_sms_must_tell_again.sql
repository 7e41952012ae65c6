-- Called by the view private.unplanned_appointments.

create function private.sms_must_tell_again(
  covering public.sms_messages, event uuid, starts_at timestamptz, number_typed text
)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
declare
  may_have_arrived boolean := private.may_have_been_sent(covering);
  went_elsewhere boolean := covering.phone_number <> number_typed
    -- One that was given up may never have got as far as a POST.
    and coalesce(covering.phone <> private.e164(number_typed), covering.status = 'dead');
  last record;
begin
  -- It may still be sent, and then it is the last text.
  if private.sms_may_still_be_sent(covering) then
    return false;
  end if;
  -- Most have its own text only, which is found out faster than what was told last.
  if covering.phone_number = number_typed and not exists (
    select from private.sms_told_events told
    where told.event_id = event
      and (told.message_id <> covering.id or told.start_time <> starts_at)
  ) then
    return false;
  end if;
  select t.* into last from private.sms_last_text(event, number_typed) t;
  return
    last.start_time is distinct from starts_at
    -- What is being sent right now is known a moment later.
    and last.is_being_sent is not true
    and (
      (went_elsewhere and (may_have_arrived or covering.status = 'dead'))
      -- A message that was refused or given up is not tried again for an older text.
      or (last.told_at is not null
        and (may_have_arrived or last.told_at > covering.created_at))
    );
end;
$$;
revoke all on function
  private.sms_must_tell_again(public.sms_messages, uuid, timestamptz, text)
  from public, anon, authenticated;
grant execute on function
  private.sms_must_tell_again(public.sms_messages, uuid, timestamptz, text)
  to sms_worker;
comment on function
  private.sms_must_tell_again(public.sms_messages, uuid, timestamptz, text) is
  'Whether an appointment that a message covers needs another one, because the last text that the '
  'client''s number has about it names another start, or because the message went to another '
  'number: the client corrected it, or the appointment now has another client.';
