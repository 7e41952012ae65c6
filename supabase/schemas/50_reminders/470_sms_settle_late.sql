-- Called by sms_settle when the lease has ended.

create function private.sms_settle_late(
  m public.sms_messages, p_outcome text, p_provider_message_id text
)
returns text
language plpgsql
set search_path = ''
as $$
begin
  if p_outcome <> 'accepted' then
    return 'lost_lease';
  end if;
  if m.status in ('sent', 'delivered', 'undelivered')
    -- By a receipt that came before this.
    or (m.status = 'failed' and m.provider_status is not null) then
    if m.provider_message_id <> p_provider_message_id then
      update public.sms_messages set reason = 'duplicate_suspected' where id = m.id;
      return 'duplicate_suspected';
    end if;
    update public.sms_messages set provider_message_id = p_provider_message_id
    where id = m.id and provider_message_id is null;
    return 'late_ack';
  end if;
  -- An acceptance is true whoever brings it, and whenever.
  update public.sms_messages
  set status = 'sent', reason = 'late_ack', lease_token = null, lease_until = null,
    provider_message_id = p_provider_message_id, sent_at = private.app_now(), final_at = null
  where id = m.id;
  return 'late_ack';
end;
$$;
revoke all on function private.sms_settle_late(public.sms_messages, text, text)
  from public, anon, authenticated;
grant execute on function private.sms_settle_late(public.sms_messages, text, text) to sms_worker;
comment on function private.sms_settle_late(public.sms_messages, text, text) is
  'What a run whose lease has ended may still say: that the gateway took the message.';
