-- Called by functions/sms-reminders just before each request to a provider.

create function public.sms_begin_dispatch(
  p_message_id uuid,
  p_lease_token uuid,
  p_phone text default null,
  p_body text default null,
  p_encoding text default null,
  p_segments integer default null,
  p_problem text default null,
  p_now timestamptz default null
)
returns text
language plpgsql
security definer
set search_path = ''
as $$
declare
  now_at timestamptz := private.set_app_clock(p_now);
  m public.sms_messages;
  verdict text;
  later timestamptz;
begin
  select * into m
  from public.sms_messages s
  where s.id = p_message_id and s.lease_token = p_lease_token and s.lease_until > now_at
  for no key update;
  if not found then
    return 'lost_lease';
  end if;

  verdict := private.sms_dispatch_decision(m, p_phone, p_segments, p_problem);
  if verdict = 'go' then
    update public.sms_messages s
    set dispatch_started_at = now_at, phone = p_phone, body = p_body, encoding = p_encoding,
      segments = p_segments, reason = null, error_code = null,
      sender = (select t.sender from public.sms_settings t where t.salon_id = m.salon_id)
    where s.id = m.id;
    insert into public.sms_attempts (lease_token, message_id, provider, started_at)
    values (m.lease_token, m.id, m.provider, now_at);
    return verdict;
  end if;

  if verdict in ('needs_rerender', 'paused', 'quiet_hours') then
    later := case verdict
      when 'paused' then (
        select p.paused_until from public.sms_provider_state p where p.provider = m.provider)
      when 'quiet_hours' then (
        select private.sms_allowed_at(now_at, s.timezone, t.quiet_from, t.quiet_to)
        from public.salons s join public.sms_settings t on t.salon_id = s.id
        where s.id = m.salon_id)
      else now_at
    end;
    delete from public.sms_message_events k
    where k.message_id = m.id and not exists (
      select from public.calendar_events e
      where e.id = k.event_id and e.start_time = k.start_time and e.client_id = m.client_id);
    -- Nothing was tried.
    update public.sms_messages s
    set status = 'pending', reason = verdict, next_attempt_at = later,
      attempts = greatest(s.attempts - 1, 0), lease_token = null, lease_until = null,
      not_after = coalesce((
        select min(k.start_time) - t.min_lead
        from public.sms_message_events k
        join public.sms_settings t on t.salon_id = m.salon_id
        where k.message_id = m.id
        group by t.min_lead
      ), s.not_after)
    where s.id = m.id;
    return verdict;
  end if;

  update public.sms_messages s
  set lease_token = null, lease_until = null, final_at = now_at,
    phone = coalesce(p_phone, s.phone),
    -- An earlier POST may have arrived: then this appointment counts as reminded.
    status = case
      when s.maybe_sent_since is not null then 'dead'
      when verdict = 'expired' then 'expired'
      when verdict = 'event_gone' then 'cancelled'
      else 'skipped'
    end,
    reason = case
      when s.maybe_sent_since is not null then 'ambiguous'
      when verdict = 'expired' then 'deadline'
      else verdict
    end
  where s.id = m.id;
  return verdict;
end;
$$;
revoke all on function public.sms_begin_dispatch(
  uuid, uuid, text, text, text, integer, text, timestamptz) from public, anon, authenticated;
grant execute on function public.sms_begin_dispatch(
  uuid, uuid, text, text, text, integer, text, timestamptz) to service_role;
comment on function public.sms_begin_dispatch(
  uuid, uuid, text, text, text, integer, text, timestamptz) is
  'Last look at a claimed message, just before its POST. go: send it now, and settle it. Anything '
  'else: do not send, it is dealt with. p_problem: why its text or number cannot be used. Security '
  'definer, because the job works with the rights of sms_worker.';
select private.assign_to_sms_worker(
  'public.sms_begin_dispatch(uuid, uuid, text, text, text, integer, text, timestamptz)');
