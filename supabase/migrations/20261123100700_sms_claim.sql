-- Messages pass into the hands of a run, and out of those of a run that died.
-- Objects: public.sms_sweep, sms_claim.
-- Destructive: no. Undo: drop the functions.

create function public.sms_sweep(
  p_idempotent_providers text[], p_now timestamptz default null
)
returns table (requeued integer, unknown integer, expired integer)
language plpgsql
security definer
set search_path = ''
as $$
declare
  now_at timestamptz := private.set_sms_clock(p_now);
begin
  with overdue as (
    select m.id, coalesce(m.maybe_sent_since, m.dispatch_started_at) as sent_since
    from public.sms_messages m
    where m.status = 'leased' and m.lease_until < now_at
    -- Whoever settles it this moment has the better news.
    for update skip locked
  ), released as (
    update public.sms_messages m
    set lease_token = null, lease_until = null, reason = 'lease_expired', next_attempt_at = now_at,
      maybe_sent_since = o.sent_since,
      status = case
        when o.sent_since is null or m.provider = any (p_idempotent_providers) then 'pending'
        else 'unknown'
      end
    from overdue o
    where m.id = o.id
    returning m.status
  )
  select count(*) filter (where r.status = 'pending'), count(*) filter (where r.status = 'unknown')
  into requeued, unknown
  from released r;

  with late as (
    select m.id
    from public.sms_messages m
    where m.status in ('pending', 'unknown')
      and (
        m.not_after <= now_at
        -- SMSAPI knows an idx for 24 hours: sent again later, it would be a second SMS.
        or m.maybe_sent_since < now_at - interval '20 hours'
      )
    for update skip locked
  ), given_up as (
    update public.sms_messages m
    set final_at = now_at,
      status = case when m.maybe_sent_since is null then 'expired' else 'dead' end,
      reason = case when m.maybe_sent_since is null then 'deadline' else 'ambiguous' end
    from late l
    where m.id = l.id
    returning m.id
  )
  select count(*) into expired from given_up;
  return next;
end;
$$;
revoke all on function public.sms_sweep(text[], timestamptz) from public, anon, authenticated;
grant execute on function public.sms_sweep(text[], timestamptz) to service_role;
comment on function public.sms_sweep(text[], timestamptz) is
  'Takes back messages from runs that ended without a word: those certainly not sent, or whose '
  'gateway notices a repetition, are pending again, the others unknown. Gives up what is too late. '
  'Security definer, because the job works with the rights of sms_worker.';
select private.hand_to_sms_worker('public.sms_sweep(text[], timestamptz)');

create function public.sms_claim(
  p_provider text,
  p_limit integer default 25,
  p_lease interval default '60 seconds',
  p_now timestamptz default null
)
returns table (
  message_id uuid, lease_token uuid, was_unknown boolean, salon_id uuid, salon_name text,
  salon_address text, timezone text, template text, language text, transliterate boolean,
  max_segments integer, sender text, client_name text, phone_number text, not_after timestamptz,
  visits jsonb, sent_to text, sent_body text, sent_since timestamptz
)
language plpgsql
security definer
set search_path = ''
as $$
declare
  now_at timestamptz := private.set_sms_clock(p_now);
  due record;
begin
  if exists (
    select from public.sms_provider_state s
    where s.provider = p_provider and s.paused_until > now_at
  ) then
    return;
  end if;
  -- Apart from what follows, which Postgres would plan anew for every call if it had a limit.
  select array_agg(d.id) as ids, array_agg(d.id) filter (where d.status = 'unknown') as unknown_ids
  into due
  from (
    select m.id, m.status
    from public.sms_messages m
    where m.status in ('pending', 'unknown')
      and m.next_attempt_at <= now_at
      and m.not_after > now_at
      -- What another gateway may have taken is not given to this one as well.
      and (
        m.maybe_sent_since is null
        or (m.provider = p_provider and m.maybe_sent_since >= now_at - interval '20 hours')
      )
    order by m.next_attempt_at, m.id
    limit p_limit
    for update skip locked
  ) d;
  return query
  with claimed as (
    update public.sms_messages m
    set status = 'leased', lease_token = gen_random_uuid(), lease_until = now_at + p_lease,
      provider = p_provider, dispatch_started_at = null,
      -- What may have arrived is looked up, or sent again until it is known: that has its own end.
      attempts = m.attempts + (m.status = 'pending')::integer,
      phone_number = (
        select c.phone_number from public.clients c
        where c.id = m.client_id and c.salon_id = m.salon_id)
    where m.id = any (due.ids)
    returning m.*
  )
  select m.id, m.lease_token, coalesce(m.id = any (due.unknown_ids), false), m.salon_id, s.name,
    s.address, s.timezone, r.template, r.language, r.transliterate, r.max_segments::integer,
    r.sender, c.name, m.phone_number, m.not_after, coalesce(v.visits, '[]'), m.phone, m.body,
    m.maybe_sent_since
  from claimed m
  left join public.salons s on s.id = m.salon_id
  left join public.sms_settings r on r.salon_id = m.salon_id
  left join public.clients c on c.id = m.client_id and c.salon_id = m.salon_id
  left join lateral (
    select jsonb_agg(jsonb_build_object('startTime', e.start_time, 'pet', p.name)
      order by e.start_time, e.id) as visits
    from public.sms_message_events k
    join public.calendar_events e
      on e.id = k.event_id and e.start_time = k.start_time and e.client_id = m.client_id
    left join public.pets p on p.id = e.pet_id and p.salon_id = e.salon_id
    where k.message_id = m.id
  ) v on true;
end;
$$;
revoke all on function public.sms_claim(text, integer, interval, timestamptz)
  from public, anon, authenticated;
grant execute on function public.sms_claim(text, integer, interval, timestamptz)
  to service_role;
comment on function public.sms_claim(text, integer, interval, timestamptz) is
  'Hands out messages that are due, each to one run until its lease ends; none while the gateway '
  'pauses. was_unknown: it may have been sent (sent_to, sent_body, sent_since); look it up, or '
  'send it again if the gateway notices a repetition. visits: [{startTime, pet}], those still due. '
  'Security definer, because the job works with the rights of sms_worker.';
select private.hand_to_sms_worker(
  'public.sms_claim(text, integer, interval, timestamptz)');
