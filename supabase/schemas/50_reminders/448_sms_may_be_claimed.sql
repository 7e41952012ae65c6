-- Called by private.sms_lock_due_messages.

create function private.sms_may_be_claimed(
  message public.sms_messages, sending_provider public.sms_provider
)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
declare
  now_at timestamptz := private.app_now();
begin
  return message.status in ('pending', 'unknown')
    and message.next_attempt_at <= now_at
    and message.not_after > now_at
    -- A message that another provider may have accepted is not given to this one as well.
    and (
      message.maybe_sent_since is null
      or (message.provider = sending_provider
        and message.maybe_sent_since >= now_at - interval '20 hours')
    );
end;
$$;
revoke all on function private.sms_may_be_claimed(public.sms_messages, public.sms_provider)
  from public, anon, authenticated;
grant execute on function private.sms_may_be_claimed(public.sms_messages, public.sms_provider)
  to sms_worker;
comment on function private.sms_may_be_claimed(public.sms_messages, public.sms_provider) is
  'Whether a provider may send a message now.';
