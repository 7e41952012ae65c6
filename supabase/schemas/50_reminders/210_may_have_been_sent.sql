-- Called by private.sms_last_text, private.sms_must_tell_again, private.sms_told_last,
-- private.merge_appointments and private.erase_messages.

create function private.may_have_been_sent(message public.sms_messages)
returns boolean
language plpgsql
immutable
set search_path = ''
as $$
begin
  return message.status in ('sent', 'delivered', 'undelivered', 'unknown')
    or message.maybe_sent_since is not null
    or (message.status = 'leased' and message.dispatch_started_at is not null);
end;
$$;
revoke all on function private.may_have_been_sent(public.sms_messages)
  from public, anon, authenticated;
grant execute on function private.may_have_been_sent(public.sms_messages)
  to service_role, sms_worker;
comment on function private.may_have_been_sent(public.sms_messages) is
  'Whether the recipient may have this message.';
