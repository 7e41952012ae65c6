-- Called where a message must not be sent twice or forgotten.

create function private.may_have_been_sent(m public.sms_messages)
returns boolean
language sql
immutable
set search_path = ''
as $$
  select m.status in ('sent', 'delivered', 'undelivered', 'unknown')
    or m.maybe_sent_since is not null
    or (m.status = 'leased' and m.dispatch_started_at is not null);
$$;
revoke all on function private.may_have_been_sent(public.sms_messages)
  from public, anon, authenticated;
grant execute on function private.may_have_been_sent(public.sms_messages)
  to service_role, sms_worker;
comment on function private.may_have_been_sent(public.sms_messages) is
  'Whether somebody may have got this message.';
