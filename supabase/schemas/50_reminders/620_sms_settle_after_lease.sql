-- Called by sms_settle when the lease has ended.

create function private.sms_settle_after_lease(
  message public.sms_messages, outcome public.sms_attempt_outcome, provider_id text
)
returns public.sms_settle_answer
language plpgsql
set search_path = ''
as $$
begin
  if outcome <> 'accepted' then
    return 'lost_lease'::public.sms_settle_answer;
  end if;
  if message.status in ('sent', 'delivered', 'undelivered')
    -- A receipt can also have told, before this, that it was accepted and then failed.
    or (message.status = 'failed' and message.provider_status is not null) then
    if message.provider_message_id <> provider_id then
      update public.sms_messages set reason = 'duplicate_suspected' where id = message.id;
      return 'duplicate_suspected'::public.sms_settle_answer;
    end if;
    update public.sms_messages set provider_message_id = provider_id
    where id = message.id and provider_message_id is null;
    return 'late_ack'::public.sms_settle_answer;
  end if;
  -- The provider accepted the message, whichever run reports it and whenever.
  update public.sms_messages
  set status = 'sent', reason = 'late_ack', lease_token = null, lease_until = null,
    provider_message_id = provider_id, sent_at = private.app_now(), final_at = null
  where id = message.id;
  return 'late_ack'::public.sms_settle_answer;
end;
$$;
revoke all on function
  private.sms_settle_after_lease(public.sms_messages, public.sms_attempt_outcome, text)
  from public, anon, authenticated;
grant execute on function
  private.sms_settle_after_lease(public.sms_messages, public.sms_attempt_outcome, text)
  to sms_worker;
comment on function
  private.sms_settle_after_lease(public.sms_messages, public.sms_attempt_outcome, text) is
  'The only result that a run may store after its lease has ended: that the provider accepted the '
  'message.';
