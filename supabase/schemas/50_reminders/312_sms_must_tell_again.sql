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
  number text := private.e164(number_typed);
begin
  -- It may still be sent, and then it is the last text.
  if covering.status in ('pending', 'leased')
    or (covering.status = 'unknown' and covering.next_attempt_at < 'infinity') then
    return false;
  end if;
  return
    -- The typed numbers are compared, too, so that a number that the provider's form differs from
    -- is not told again and again.
    (covering.phone <> number and covering.phone_number <> number_typed
      and private.may_have_been_sent(covering))
    or exists (
      select
      from public.sms_message_events c
      join public.sms_messages later on later.id = c.message_id
      where c.event_id = event and c.start_time <> starts_at and c.kind = 'reminder'
        and (later.phone = number or later.phone_number = number_typed)
        -- What is being sent right now is known a moment later.
        and later.status <> 'leased' and private.may_have_been_sent(later)
        and coalesce(later.maybe_sent_since, later.dispatch_started_at)
          > coalesce(
            covering.maybe_sent_since, covering.dispatch_started_at, covering.created_at)
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
