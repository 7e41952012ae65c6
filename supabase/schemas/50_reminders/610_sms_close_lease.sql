-- Called by sms_settle.

create function private.sms_close_lease(
  message_id uuid,
  new_status public.sms_message_status,
  new_reason public.sms_reason,
  code text,
  next_at timestamptz default null
)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.sms_messages m
  -- A refusal says nothing about an earlier POST that may have arrived. With dead, a receipt of that
  -- one is still accepted, and its segments count.
  set status = case
      when new_status = 'failed' and m.maybe_sent_since is not null then 'dead' else new_status
    end,
    reason = case
      when new_status = 'failed' and m.maybe_sent_since is not null then 'ambiguous' else new_reason
    end,
    error_code = code, lease_token = null, lease_until = null,
    next_attempt_at = coalesce(next_at, m.next_attempt_at),
    final_at = case when new_status in ('failed', 'dead') then private.app_now() end
  where m.id = message_id;
end;
$$;
revoke all on function private.sms_close_lease(
  uuid, public.sms_message_status, public.sms_reason, text, timestamptz)
  from public, anon, authenticated;
grant execute on function private.sms_close_lease(
  uuid, public.sms_message_status, public.sms_reason, text, timestamptz) to sms_worker;
comment on function private.sms_close_lease(
  uuid, public.sms_message_status, public.sms_reason, text, timestamptz) is
  'Ends the lease of a message with its new status. next_at: when it is due again; null leaves '
  'that as it is. failed becomes dead if an earlier POST may have arrived.';
