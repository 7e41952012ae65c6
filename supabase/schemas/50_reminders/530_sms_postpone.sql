-- Called by sms_begin_dispatch.

create function private.sms_postpone(
  message public.sms_messages, answer public.sms_dispatch_answer
)
returns void
language plpgsql
set search_path = ''
as $$
declare
  now_at timestamptz := private.app_now();
  later timestamptz := now_at;
begin
  if answer = 'paused' then
    select s.paused_until into later
    from public.sms_provider_state s where s.provider = message.provider;
  elsif answer = 'quiet_hours' then
    select private.sms_allowed_at(now_at, s.timezone, r.quiet_from, r.quiet_to) into later
    from public.salons s join public.sms_settings r on r.salon_id = s.id
    where s.id = message.salon_id;
  end if;
  -- Appointments that moved get a message of their own.
  delete from public.sms_message_events covered
  where covered.message_id = message.id and covered.event_id not in (
    select t.event_id
    from private.sms_still_to_tell(message.id, message.client_id, message.phone_number) t
    where t.start_time = covered.start_time);
  update public.sms_messages m
  set status = 'pending', reason = answer::text::public.sms_reason, next_attempt_at = later,
    -- The claim counted an attempt, but nothing was tried.
    attempts = greatest(m.attempts - 1, 0), lease_token = null, lease_until = null,
    not_after = coalesce((
      select min(covered.start_time) - rule.lead
      from public.sms_message_events covered
      join private.sms_rules rule on rule.salon_id = message.salon_id and rule.kind = message.kind
      where covered.message_id = message.id
      group by rule.lead
    ), m.not_after)
  where m.id = message.id;
end;
$$;
revoke all on function private.sms_postpone(public.sms_messages, public.sms_dispatch_answer)
  from public, anon, authenticated;
grant execute on function private.sms_postpone(public.sms_messages, public.sms_dispatch_answer)
  to sms_worker;
comment on function private.sms_postpone(public.sms_messages, public.sms_dispatch_answer) is
  'Returns a claimed message to the queue: it is written again at once (needs_rerender), or sent '
  'after the pause of its provider or the quiet hours of its salon.';
