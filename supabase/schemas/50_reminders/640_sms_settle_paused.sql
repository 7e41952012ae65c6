-- Called by sms_settle.

create function private.sms_settle_paused(message public.sms_messages, code text)
returns public.sms_settle_answer
language plpgsql
set search_path = ''
as $$
declare
  next_at timestamptz := private.app_now() + interval '15 minutes';
begin
  insert into public.sms_provider_state (provider, paused_until, reason)
  values (message.provider, next_at, coalesce(code, 'unknown'))
  on conflict (provider) do update
  set paused_until = excluded.paused_until, reason = excluded.reason;
  update public.sms_messages m
  set attempts = greatest(m.attempts - 1, 0), dispatch_started_at = null
  where m.id = message.id;
  perform private.sms_close_lease(message.id, 'pending', 'paused', code, next_at);
  return 'paused'::public.sms_settle_answer;
end;
$$;
revoke all on function private.sms_settle_paused(public.sms_messages, text)
  from public, anon, authenticated;
grant execute on function private.sms_settle_paused(public.sms_messages, text) to sms_worker;
comment on function private.sms_settle_paused(public.sms_messages, text) is
  'The provider refused our account: pauses the provider, and returns the message to the queue '
  'without counting the attempt.';
