-- Called by sms_begin_dispatch.

create function private.sms_start_attempt(
  message public.sms_messages,
  phone text,
  body text,
  encoding public.sms_encoding,
  segments integer
)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.sms_messages m
  set dispatch_started_at = private.app_now(), phone = sms_start_attempt.phone,
    body = sms_start_attempt.body, encoding = sms_start_attempt.encoding,
    segments = sms_start_attempt.segments, reason = null, error_code = null,
    sender = (select s.sender from public.sms_settings s where s.salon_id = message.salon_id)
  where m.id = message.id;
  if message.maybe_sent_since is null then
    delete from private.sms_told_events told where told.message_id = message.id;
    insert into private.sms_told_events (event_id, start_time, message_id)
    select covered.event_id,
      case message.kind when 'cancelled' then 'infinity' else covered.start_time end, message.id
    from public.sms_message_events covered
    where covered.message_id = message.id;
  end if;
  -- The body shows a link without its token.
  if body like '%#…%' then
    insert into private.client_links (token_hash, message_id)
    values (sha256(convert_to(private.client_link_token(message.id), 'UTF8')), message.id)
    on conflict do nothing;
  end if;
  insert into public.sms_attempts (lease_token, message_id, provider, started_at)
  values (message.lease_token, message.id, message.provider, private.app_now());
end;
$$;
revoke all on function
  private.sms_start_attempt(public.sms_messages, text, text, public.sms_encoding, integer)
  from public, anon, authenticated;
grant execute on function
  private.sms_start_attempt(public.sms_messages, text, text, public.sms_encoding, integer)
  to sms_worker;
comment on function
  private.sms_start_attempt(public.sms_messages, text, text, public.sms_encoding, integer) is
  'Records what is sent, which appointments it names, its link, and that its POST begins. Until it '
  'is settled, the message may have been sent.';
