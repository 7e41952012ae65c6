-- Called by private.sms_must_tell_again and private.sms_is_being_told.

create function private.sms_may_still_be_sent(message public.sms_messages)
returns boolean
language plpgsql
immutable
set search_path = ''
as $$
begin
  return coalesce(message.status in ('pending', 'leased')
    or (message.status = 'unknown' and message.next_attempt_at < 'infinity'), false);
end;
$$;
revoke all on function private.sms_may_still_be_sent(public.sms_messages)
  from public, anon, authenticated;
grant execute on function private.sms_may_still_be_sent(public.sms_messages) to sms_worker;
comment on function private.sms_may_still_be_sent(public.sms_messages) is
  'Whether a message waits to be sent or sent again, or is being sent.';
