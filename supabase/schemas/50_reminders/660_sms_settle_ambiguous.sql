-- Called by sms_settle.

create function private.sms_settle_ambiguous(message public.sms_messages, code text)
returns public.sms_settle_answer
language plpgsql
set search_path = ''
as $$
begin
  update public.sms_messages m
  set maybe_sent_since = coalesce(m.maybe_sent_since, m.dispatch_started_at)
  where m.id = message.id;
  if message.attempts >= private.sms_max_attempts() then
    perform private.sms_close_lease(message.id, 'dead', 'ambiguous', code);
    return 'dead'::public.sms_settle_answer;
  end if;
  perform private.sms_close_lease(
    message.id, 'unknown', 'ambiguous', code, private.app_now() + interval '2 minutes');
  return 'unknown'::public.sms_settle_answer;
end;
$$;
revoke all on function private.sms_settle_ambiguous(public.sms_messages, text)
  from public, anon, authenticated;
grant execute on function private.sms_settle_ambiguous(public.sms_messages, text) to sms_worker;
comment on function private.sms_settle_ambiguous(public.sms_messages, text) is
  'The message may have been sent: it is looked up, or repeated, in two minutes.';
