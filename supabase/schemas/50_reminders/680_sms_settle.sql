-- Called by functions/sms-reminders after each request to a provider.

create function public.sms_settle(
  p_message_id uuid,
  p_lease_token uuid,
  p_outcome public.sms_attempt_outcome,
  p_code text default null,
  p_provider_message_id text default null,
  p_retry_after_seconds integer default null,
  p_opt_out boolean default false,
  p_on_ambiguous public.sms_ambiguity_policy default 'hold',
  p_random double precision default random(),
  p_now timestamptz default null
)
returns public.sms_settle_answer
language plpgsql
security definer
set search_path = ''
as $$
declare
  now_at timestamptz := private.set_app_clock(p_now);
  message public.sms_messages;
begin
  select * into message
  from public.sms_messages m where m.id = p_message_id for no key update;
  if not found then
    return 'lost_lease'::public.sms_settle_answer;
  end if;
  update public.sms_attempts a
  set ended_at = now_at, outcome = p_outcome, code = p_code,
    provider_message_id = p_provider_message_id
  where a.lease_token = p_lease_token;

  if p_outcome = 'accepted' and exists (
    select from public.sms_messages m
    where m.provider = message.provider and m.provider_message_id = p_provider_message_id
      and m.id <> message.id
  ) then
    -- Two clients with the same number and text: the look-up found the message of the other one.
    p_outcome := 'not_found';
  end if;
  if message.lease_token is distinct from p_lease_token then
    return private.sms_settle_after_lease(message, p_outcome, p_provider_message_id);
  end if;
  if p_opt_out and message.phone is not null then
    insert into public.sms_opt_outs (salon_id, phone, source)
    values (message.salon_id, message.phone, message.provider::text::public.sms_opt_out_source)
    on conflict do nothing;
  end if;

  case p_outcome
    when 'accepted' then
      return private.sms_settle_accepted(message, p_provider_message_id);
    when 'permanent' then
      perform private.sms_close_lease(message.id, 'failed', null, p_code);
      return 'failed'::public.sms_settle_answer;
    when 'account' then
      return private.sms_settle_paused(message, p_code);
    when 'transient', 'unreached' then
      return private.sms_settle_not_sent(
        message, p_outcome = 'transient', p_code, p_retry_after_seconds, p_random);
    when 'ambiguous' then
      return private.sms_settle_ambiguous(message, p_code);
    when 'not_found' then
      return private.sms_settle_not_found(message, p_code, p_on_ambiguous);
    else
      -- unavailable: the provider could not be asked, so the message stays unknown.
      perform private.sms_close_lease(
        message.id, 'unknown', 'ambiguous', p_code, now_at + interval '2 minutes');
      return 'unknown'::public.sms_settle_answer;
  end case;
end;
$$;
revoke all on function public.sms_settle(
  uuid, uuid, public.sms_attempt_outcome, text, text, integer, boolean,
  public.sms_ambiguity_policy, double precision, timestamptz) from public, anon, authenticated;
grant execute on function public.sms_settle(
  uuid, uuid, public.sms_attempt_outcome, text, text, integer, boolean,
  public.sms_ambiguity_policy, double precision, timestamptz) to service_role;
comment on function public.sms_settle(
  uuid, uuid, public.sms_attempt_outcome, text, text, integer, boolean,
  public.sms_ambiguity_policy, double precision, timestamptz) is
  'Stores the result of a POST (accepted, permanent, transient, unreached, account, ambiguous) or '
  'of a look-up (accepted, not_found, unavailable), and returns what became of the message. '
  'p_on_ambiguous: what to do with a message that two look-ups did not find. p_random: for tests '
  'of the backoff. Security definer, because the job works with the rights of sms_worker.';
select private.assign_to_sms_worker(
  'public.sms_settle(uuid, uuid, public.sms_attempt_outcome, text, text, integer, boolean, '
  'public.sms_ambiguity_policy, double precision, timestamptz)');
