-- Called by sms_settle.

create function private.sms_settle_not_sent(
  message public.sms_messages,
  counts boolean,
  code text,
  retry_after_seconds integer,
  random double precision
)
returns public.sms_settle_answer
language plpgsql
set search_path = ''
as $$
declare
  -- Full jitter, so that messages that failed together are not retried together.
  next_at timestamptz := private.app_now() + greatest(
    make_interval(secs => coalesce(retry_after_seconds, 0)), interval '5 seconds',
    random * power(2, message.attempts - 1) * interval '30 seconds');
begin
  update public.sms_messages m
  set dispatch_started_at = null,
    -- A provider that is down for an hour must not cost anybody their reminder.
    attempts = greatest(m.attempts - (not counts)::integer, 0)
  where m.id = message.id;
  if next_at >= message.not_after then
    perform private.sms_close_lease(message.id, 'dead', 'deadline', code);
    return 'dead'::public.sms_settle_answer;
  elsif counts and message.attempts >= private.sms_max_attempts() then
    perform private.sms_close_lease(message.id, 'dead', 'max_attempts', code);
    return 'dead'::public.sms_settle_answer;
  end if;
  perform private.sms_close_lease(message.id, 'pending', null, code, next_at);
  return 'retry'::public.sms_settle_answer;
end;
$$;
revoke all on function
  private.sms_settle_not_sent(public.sms_messages, boolean, text, integer, double precision)
  from public, anon, authenticated;
grant execute on function
  private.sms_settle_not_sent(public.sms_messages, boolean, text, integer, double precision)
  to sms_worker;
comment on function
  private.sms_settle_not_sent(public.sms_messages, boolean, text, integer, double precision) is
  'The message was certainly not sent: schedules the next attempt with exponential backoff, or '
  'gives up. counts: whether this was one of its attempts.';
