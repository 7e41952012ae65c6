-- Called by sms_settle.

create function private.sms_settle_not_found(
  message public.sms_messages, code text, on_ambiguous public.sms_ambiguity_policy
)
returns public.sms_settle_answer
language plpgsql
set search_path = ''
as $$
declare
  now_at timestamptz := private.app_now();
begin
  update public.sms_messages m set lookups = m.lookups + 1 where m.id = message.id;
  if message.lookups = 0 then
    -- Asked a second time, because the provider may list a message late.
    perform private.sms_close_lease(
      message.id, 'unknown', 'ambiguous', code, now_at + interval '8 minutes');
    return 'unknown'::public.sms_settle_answer;
  elsif on_ambiguous = 'resend' then
    update public.sms_messages m set lookups = 0 where m.id = message.id;
    perform private.sms_close_lease(message.id, 'pending', 'ambiguous', code, now_at);
    return 'retry'::public.sms_settle_answer;
  end if;
  perform private.sms_close_lease(message.id, 'unknown', 'held', code, 'infinity');
  return 'held'::public.sms_settle_answer;
end;
$$;
revoke all on function
  private.sms_settle_not_found(public.sms_messages, text, public.sms_ambiguity_policy)
  from public, anon, authenticated;
grant execute on function
  private.sms_settle_not_found(public.sms_messages, text, public.sms_ambiguity_policy)
  to sms_worker;
comment on function
  private.sms_settle_not_found(public.sms_messages, text, public.sms_ambiguity_policy) is
  'A look-up did not find the message. The second one decides: hold it, or send it again.';
