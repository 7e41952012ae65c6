-- Called by sms_settle.

create function private.sms_settle_accepted(message public.sms_messages, provider_id text)
returns public.sms_settle_answer
language plpgsql
set search_path = ''
as $$
begin
  update public.sms_messages m
  set status = 'sent', reason = null, error_code = null, lease_token = null, lease_until = null,
    sent_at = private.app_now(),
    provider_message_id = coalesce(provider_id, m.provider_message_id)
  where m.id = message.id;
  return 'sent'::public.sms_settle_answer;
end;
$$;
revoke all on function private.sms_settle_accepted(public.sms_messages, text)
  from public, anon, authenticated;
grant execute on function private.sms_settle_accepted(public.sms_messages, text) to sms_worker;
comment on function private.sms_settle_accepted(public.sms_messages, text) is
  'The provider accepted the message. Its id is null if only an earlier POST brought the message '
  'there.';
