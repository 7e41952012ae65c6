-- Called by functions/sms-reminders just before each request to a provider.

create function public.sms_begin_dispatch(
  p_message_id uuid,
  p_lease_token uuid,
  p_phone text default null,
  p_body text default null,
  p_encoding public.sms_encoding default null,
  p_segments integer default null,
  p_problem public.sms_reason default null,
  p_now timestamptz default null
)
returns public.sms_dispatch_answer
language plpgsql
security definer
set search_path = ''
as $$
declare
  now_at timestamptz := private.set_app_clock(p_now);
  message public.sms_messages;
  answer public.sms_dispatch_answer;
begin
  -- The lock keeps sms_recover_and_expire and receipts away until the decision is stored.
  select * into message
  from public.sms_messages m
  where m.id = p_message_id and m.lease_token = p_lease_token and m.lease_until > now_at
  for no key update;
  if not found then
    return 'lost_lease'::public.sms_dispatch_answer;
  end if;

  answer := private.sms_dispatch_decision(message, p_phone, p_segments, p_problem);
  if answer = 'go' then
    perform private.sms_start_attempt(message, p_phone, p_body, p_encoding, p_segments);
  elsif answer in ('needs_rerender', 'paused', 'quiet_hours') then
    perform private.sms_postpone(message, answer);
  else
    perform private.sms_drop(message, answer, p_phone);
  end if;
  return answer;
end;
$$;
revoke all on function public.sms_begin_dispatch(
  uuid, uuid, text, text, public.sms_encoding, integer, public.sms_reason, timestamptz)
  from public, anon, authenticated;
grant execute on function public.sms_begin_dispatch(
  uuid, uuid, text, text, public.sms_encoding, integer, public.sms_reason, timestamptz)
  to service_role;
comment on function public.sms_begin_dispatch(
  uuid, uuid, text, text, public.sms_encoding, integer, public.sms_reason, timestamptz) is
  'Last check of a claimed message, just before its POST. go: send it now, and settle it. Any '
  'other answer: do not send it; its new status is stored. p_problem: why its text or number '
  'cannot be used. Security definer, because the job works with the rights of sms_worker.';
select private.assign_to_sms_worker('public.sms_begin_dispatch(uuid, uuid, text, text, '
  'public.sms_encoding, integer, public.sms_reason, timestamptz)');
