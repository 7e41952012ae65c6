-- Called by functions/sms-reminders after each request to a provider.

create function public.sms_settle(
  p_message_id uuid,
  p_lease_token uuid,
  p_outcome text,
  p_code text default null,
  p_provider_message_id text default null,
  p_retry_after_seconds integer default null,
  p_opt_out boolean default false,
  p_on_ambiguous text default 'hold',
  p_random double precision default random(),
  p_now timestamptz default null
)
returns text
language plpgsql
security definer
set search_path = ''
as $$
declare
  now_at timestamptz := private.set_app_clock(p_now);
  max_attempts constant integer := 6;
  asked_to_wait interval := make_interval(secs => coalesce(p_retry_after_seconds, 0));
  next_at timestamptz;
  m public.sms_messages;
begin
  select * into m from public.sms_messages s where s.id = p_message_id for no key update;
  if not found then
    return 'lost_lease';
  end if;
  update public.sms_attempts a
  set ended_at = now_at, outcome = p_outcome, code = p_code,
    provider_message_id = p_provider_message_id
  where a.lease_token = p_lease_token;
  if p_outcome = 'accepted' and exists (
    select from public.sms_messages o
    where o.provider = m.provider and o.provider_message_id = p_provider_message_id
      and o.id <> m.id
  ) then
    -- Two clients, one number, one text: the look-up found the other one's.
    p_outcome := 'not_found';
  end if;
  if m.lease_token is distinct from p_lease_token then
    return private.sms_settle_late(m, p_outcome, p_provider_message_id);
  end if;
  if p_opt_out and m.phone is not null then
    insert into public.sms_opt_outs (salon_id, phone, source)
    values (m.salon_id, m.phone, m.provider)
    on conflict (salon_id, phone) do nothing;
  end if;

  case p_outcome
    when 'accepted' then
      update public.sms_messages s
      set status = 'sent', reason = null, error_code = null, lease_token = null,
        lease_until = null, sent_at = now_at,
        provider_message_id = coalesce(p_provider_message_id, s.provider_message_id)
      where s.id = m.id;
      return 'sent';
    when 'permanent' then
      perform private.sms_close_lease(m.id, 'failed', null, p_code, null);
      return 'failed';
    when 'account' then
      next_at := now_at + interval '15 minutes';
      insert into public.sms_provider_state (provider, paused_until, reason)
      values (m.provider, next_at, coalesce(p_code, 'unknown'))
      on conflict (provider) do update
      set paused_until = excluded.paused_until, reason = excluded.reason;
      update public.sms_messages s
      set attempts = greatest(s.attempts - 1, 0), dispatch_started_at = null where s.id = m.id;
      perform private.sms_close_lease(m.id, 'pending', 'paused', p_code, next_at);
      return 'paused';
    when 'transient', 'unreached' then
      -- Full jitter, so that those who failed together do not come back together.
      next_at := now_at + greatest(asked_to_wait, interval '5 seconds',
        p_random * power(2, m.attempts - 1) * interval '30 seconds');
      if next_at >= m.not_after then
        perform private.sms_close_lease(m.id, 'dead', 'deadline', p_code, null);
        return 'dead';
      elsif p_outcome = 'transient' and m.attempts >= max_attempts then
        perform private.sms_close_lease(m.id, 'dead', 'max_attempts', p_code, null);
        return 'dead';
      end if;
      update public.sms_messages s
      set dispatch_started_at = null,
        -- A gateway that is out for an hour must not cost anybody their reminder.
        attempts = greatest(s.attempts - (p_outcome = 'unreached')::integer, 0)
      where s.id = m.id;
      perform private.sms_close_lease(m.id, 'pending', null, p_code, next_at);
      return 'retry';
    when 'ambiguous' then
      update public.sms_messages s
      set maybe_sent_since = coalesce(s.maybe_sent_since, s.dispatch_started_at)
      where s.id = m.id;
      if m.attempts >= max_attempts then
        perform private.sms_close_lease(m.id, 'dead', 'ambiguous', p_code, null);
        return 'dead';
      end if;
      perform private.sms_close_lease(
        m.id, 'unknown', 'ambiguous', p_code, now_at + interval '2 minutes');
      return 'unknown';
    when 'unavailable' then
      perform private.sms_close_lease(
        m.id, 'unknown', 'ambiguous', p_code, now_at + interval '2 minutes');
      return 'unknown';
    when 'not_found' then
      -- The gateway may list a message late, so it is asked twice.
      update public.sms_messages s set lookups = s.lookups + 1 where s.id = m.id;
      if m.lookups = 0 then
        perform private.sms_close_lease(
          m.id, 'unknown', 'ambiguous', p_code, now_at + interval '8 minutes');
        return 'unknown';
      elsif p_on_ambiguous = 'resend' then
        update public.sms_messages s set lookups = 0 where s.id = m.id;
        perform private.sms_close_lease(m.id, 'pending', 'ambiguous', p_code, now_at);
        return 'retry';
      end if;
      perform private.sms_close_lease(m.id, 'unknown', 'held', p_code, 'infinity');
      return 'held';
    else
      raise exception 'Unknown outcome of an SMS: %', p_outcome
        using errcode = 'invalid_parameter_value',
          hint = 'Use accepted, permanent, transient, unreached, account, ambiguous, not_found or '
            'unavailable.';
  end case;
end;
$$;
revoke all on function public.sms_settle(uuid, uuid, text, text, text, integer, boolean, text,
  double precision, timestamptz) from public, anon, authenticated;
grant execute on function public.sms_settle(uuid, uuid, text, text, text, integer, boolean, text,
  double precision, timestamptz) to service_role;
comment on function public.sms_settle(uuid, uuid, text, text, text, integer, boolean, text,
  double precision, timestamptz) is
  'Notes what came of a POST (accepted, permanent, transient, unreached, account, ambiguous) or of '
  'a look-up (accepted, not_found, unavailable). Answers sent, failed, retry, dead, unknown, '
  'held, paused; '
  'with a lease that ended late_ack, duplicate_suspected or lost_lease. p_on_ambiguous: hold or '
  'resend what was not found twice. p_random: for tests of the backoff. Security definer, because '
  'the job works with the rights of sms_worker.';
select private.assign_to_sms_worker('public.sms_settle(uuid, uuid, text, text, text, integer, '
  'boolean, text, double precision, timestamptz)');
