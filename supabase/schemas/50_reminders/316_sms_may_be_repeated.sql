-- Called by private.sms_dispatch_decision.

create function private.sms_may_be_repeated(message public.sms_messages, phone text)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  -- Without a phone, there is a problem, which is decided on elsewhere.
  return coalesce(sms_may_be_repeated.phone = message.phone, true) and not exists (
    select
    from private.sms_still_to_tell(message.id, message.client_id, message.phone_number) t
    cross join lateral private.sms_last_text(t.event_id, message.phone_number, message.id) other
    where other.told_at >= message.maybe_sent_since
  );
end;
$$;
revoke all on function private.sms_may_be_repeated(public.sms_messages, text)
  from public, anon, authenticated;
grant execute on function private.sms_may_be_repeated(public.sms_messages, text) to sms_worker;
comment on function private.sms_may_be_repeated(public.sms_messages, text) is
  'Whether a message that may have been sent goes to the same phone again, and is still the last '
  'text about its appointments: if another one went out since, nobody could tell which arrived '
  'last.';
