-- Called by functions/sms-reminders for each batch.

create function public.sms_claim(
  p_provider public.sms_provider,
  p_limit integer default 25,
  p_lease interval default '60 seconds',
  p_now timestamptz default null
)
returns table (
  message_id uuid, lease_token uuid, was_unknown boolean, salon_id uuid, salon_name text,
  salon_address text, timezone text, template text, language public.reminder_language,
  transliterate boolean, max_segments integer, sender text, client_name text, phone_number text,
  not_after timestamptz, appointments jsonb, sent_to text, sent_body text, sent_since timestamptz
)
language plpgsql
security definer
set search_path = ''
as $$
declare
  now_at timestamptz := private.set_app_clock(p_now);
  due_ids uuid[];
  unknown_ids uuid[];
begin
  if private.sms_provider_is_paused(p_provider) then
    return;
  end if;
  -- Separate from the query below, which Postgres would plan for every call if it had a limit.
  select array_agg(d.message_id), array_agg(d.message_id) filter (where d.was_unknown)
  into due_ids, unknown_ids
  from private.sms_lock_due_messages(p_provider, p_limit) d;

  return query
  with claimed as (
    update public.sms_messages m
    set status = 'leased', lease_token = gen_random_uuid(), lease_until = now_at + p_lease,
      provider = p_provider, dispatch_started_at = null,
      -- An unknown message is looked up or repeated, which does not count as an attempt.
      attempts = m.attempts + (m.status = 'pending')::integer,
      phone_number = (
        select c.phone_number from public.clients c
        where c.id = m.client_id and c.salon_id = m.salon_id)
    where m.id = any (due_ids)
    returning m.*
  )
  select m.id, m.lease_token, coalesce(m.id = any (unknown_ids), false), m.salon_id, s.name,
    s.address, s.timezone, r.template, r.language, r.transliterate, r.max_segments::integer,
    r.sender, c.name, m.phone_number, m.not_after, coalesce(a.appointments, '[]'), m.phone, m.body,
    m.maybe_sent_since
  from claimed m
  left join public.salons s on s.id = m.salon_id
  left join public.sms_settings r on r.salon_id = m.salon_id
  left join public.clients c on c.id = m.client_id and c.salon_id = m.salon_id
  left join lateral (
    select jsonb_agg(jsonb_build_object('startTime', e.start_time, 'pet', p.name)
      order by e.start_time, e.id) as appointments
    from public.sms_message_events covered
    join public.calendar_events e on e.id = covered.event_id
      and e.start_time = covered.start_time and e.client_id = m.client_id
    left join public.pets p on p.id = e.pet_id and p.salon_id = e.salon_id
    where covered.message_id = m.id
  ) a on true;
end;
$$;
revoke all on function public.sms_claim(public.sms_provider, integer, interval, timestamptz)
  from public, anon, authenticated;
grant execute on function public.sms_claim(public.sms_provider, integer, interval, timestamptz)
  to service_role;
comment on function public.sms_claim(public.sms_provider, integer, interval, timestamptz) is
  'Claims due messages for one run, each until its lease ends; none while the provider is paused. '
  'was_unknown: the message may have been sent (sent_to, sent_body, sent_since), so look it up, or '
  'send it again if the provider recognizes a repetition. appointments: [{startTime, pet}], those '
  'that still take place. Security definer, because the job works with the rights of sms_worker.';
select private.assign_to_sms_worker(
  'public.sms_claim(public.sms_provider, integer, interval, timestamptz)');
