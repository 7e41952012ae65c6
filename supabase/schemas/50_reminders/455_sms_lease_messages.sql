-- Called by sms_claim.

create function private.sms_lease_messages(
  due_ids uuid[], unknown_ids uuid[], sending_provider public.sms_provider, lease_time interval
)
returns table (
  message_id uuid, lease_token uuid, was_unknown boolean, salon_id uuid, salon_name text,
  salon_address text, timezone text, template text, language public.reminder_language,
  transliterate boolean, max_segments integer, sender text, client_name text, phone text,
  not_after timestamptz, appointments jsonb, sent_to text, sent_body text, sent_since timestamptz,
  allowed_links text[], salon_phone text, link_token text
)
language plpgsql
set search_path = ''
-- Planning this statement takes longer than executing it.
set plan_cache_mode = 'force_generic_plan'
as $$
begin
  return query
  with due as (
    select m.id, c.name as client_name, c.phone_number
    from public.sms_messages m
    -- Not by =, or Postgres may read all clients of the salon, and so for pets.
    left join public.clients c
      on c.id = m.client_id and c.salon_id is not distinct from m.salon_id
    where m.id = any (due_ids)
  ), claimed as (
    update public.sms_messages m
    set status = 'leased', lease_token = gen_random_uuid(),
      lease_until = private.app_now() + lease_time, provider = sending_provider,
      dispatch_started_at = null,
      -- An unknown message is looked up or repeated, which does not count as an attempt.
      attempts = m.attempts + (m.status = 'pending')::integer,
      -- One that may have been sent belongs to the number that it was sent to.
      phone_number = case when m.maybe_sent_since is null and m.kind <> 'test'
        then due.phone_number else m.phone_number end
    from due
    where m.id = due.id
    returning m.*, due.client_name
  )
  select m.id, m.lease_token, coalesce(m.id = any (unknown_ids), false), m.salon_id, s.name,
    s.address, s.timezone,
    private.sms_template(m.salon_id, m.kind, array(
      select c.event_id from public.sms_message_events c where c.message_id = m.id)),
    r.language, r.transliterate, r.max_segments::integer, r.sender, m.client_name,
    private.e164(m.phone_number), m.not_after, coalesce(a.appointments, '[]'),
    m.phone, m.body, m.maybe_sent_since, r.allowed_links, s.phone_number,
    private.client_link_token(m.id)
  from claimed m
  left join public.salons s on s.id = m.salon_id
  left join public.sms_settings r on r.salon_id = m.salon_id
  left join lateral (
    select jsonb_agg(jsonb_build_object('startTime', a.start_time, 'pet', p.name)
      order by a.start_time, a.event_id) as appointments
    from private.sms_still_to_tell(m.id, m.client_id, m.phone_number) a
    left join public.pets p on p.id = a.pet_id and p.salon_id is not distinct from m.salon_id
    where m.kind <> 'test'
    union all
    -- A test shows what a client would get.
    select jsonb_build_array(jsonb_build_object(
      'startTime', (m.local_date + time '10:00') at time zone s.timezone, 'pet', 'Reksio'))
    where m.kind = 'test'
  ) a on a.appointments is not null;
end;
$$;
revoke all on function
  private.sms_lease_messages(uuid[], uuid[], public.sms_provider, interval)
  from public, anon, authenticated;
grant execute on function
  private.sms_lease_messages(uuid[], uuid[], public.sms_provider, interval)
  to sms_worker;
comment on function
  private.sms_lease_messages(uuid[], uuid[], public.sms_provider, interval) is
  'Leases locked messages to the run that claims them, and returns them as sms_claim does.';
