-- Called by functions/sms-reminders for each batch.

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
  appointments jsonb, sent_to text, sent_body text, sent_since timestamptz
)
language plpgsql
security definer
set search_path = ''
as $$
declare
  now_at timestamptz := private.set_app_clock(p_now);
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
    r.sender, c.name, m.phone_number, m.not_after, coalesce(v.appointments, '[]'), m.phone, m.body,
    m.maybe_sent_since
  from claimed m
  left join public.salons s on s.id = m.salon_id
  left join public.sms_settings r on r.salon_id = m.salon_id
  left join public.clients c on c.id = m.client_id and c.salon_id = m.salon_id
  left join lateral (
    select jsonb_agg(jsonb_build_object('startTime', e.start_time, 'pet', p.name)
      order by e.start_time, e.id) as appointments
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
  'send it again if the gateway notices a repetition. appointments: [{startTime, pet}], those still due. '
  'Security definer, because the job works with the rights of sms_worker.';
select private.assign_to_sms_worker(
  'public.sms_claim(text, integer, interval, timestamptz)');
