-- Erasure of one person (RODO, GDPR article 17).
-- Objects: table client_erasures with its policy; private.erase, private.pets_of_nobody_else;
-- public.erase_client.
-- Destructive: erase_client, by design. Undo: drop the functions and the table; what was erased is
-- gone.

create table public.client_erasures (
  client_id uuid primary key,
  salon_id uuid not null references public.salons (id) on delete cascade,
  erased_by uuid,
  erased_at timestamptz not null default now(),
  counts jsonb not null
);
create index client_erasures_salon_id_erased_at_idx
  on public.client_erasures (salon_id, erased_at);
comment on table public.client_erasures is
  'That somebody was erased, by whom and when: for the salon''s duty to show it. The id leads to '
  'nobody any more.';
comment on column public.client_erasures.erased_by is
  'Of auth.users; null: service_role. No foreign key, so that it outlasts the account.';
comment on column public.client_erasures.counts is 'What erase_client answered.';

alter table public.client_erasures enable row level security;
revoke all on table public.client_erasures from public, anon, authenticated, service_role;
grant select on table public.client_erasures to authenticated, service_role;
create policy "owners can see who was erased when" on public.client_erasures
  for select to authenticated
  using (salon_id = any (array(select private.owned_salon_ids())));

create function private.pets_of_nobody_else(client public.clients, visits uuid[])
returns uuid[]
language plpgsql
stable
set search_path = ''
as $$
begin
  return array(
    select p.id from public.pets p
    where p.salon_id = client.salon_id
      and not exists (
        select from public.client_pets o where o.pet_id = p.id and o.client_id <> client.id)
      and (p.id in (select cp.pet_id from public.client_pets cp where cp.client_id = client.id)
        or p.id in (select e.pet_id from public.calendar_events e where e.id = any (visits))
          and not exists (
            select from public.calendar_events e
            where e.pet_id = p.id and e.client_id <> client.id))
  );
end;
$$;
revoke all on function private.pets_of_nobody_else(public.clients, uuid[])
  from public, anon, authenticated;
comment on function private.pets_of_nobody_else(public.clients, uuid[]) is
  'The pets that are this client''s alone, also those that were never listed as theirs and came to '
  'their visits only.';

create function private.erase(client public.clients, others uuid[])
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  own record;
  visits uuid[];
  pets uuid[];
  deliveries uuid[];
  mentions uuid[];
  visit uuid;
  counts jsonb;
  opt_outs integer;
begin
  select * into own from private.own_contacts(client);
  visits := private.client_visits(client, own.phone, own.email);
  pets := private.pets_of_nobody_else(client, visits);
  select coalesce(array_agg(d.log_id), '{}'),
    coalesce(array_agg(d.log_id) filter (where d.is_mention), '{}')
  into deliveries, mentions
  from (
    select v.log_id, v.is_mention from private.visit_deliveries(client, visits) v
    union
    -- What became of them since they were looked for.
    select l.id, private.is_of_a_visit(l, client.salon_id)
    from public.webhook_logs l
    where l.id = any (others) and l.erased_at is null
      and l.id not in (select v.log_id from private.visit_deliveries(client, visits) v)
  ) d;
  counts := jsonb_build_object(
    'clients', 1,
    'pets', cardinality(pets),
    'client_pets', (
      select count(*) from public.client_pets cp
      where cp.client_id = client.id or cp.pet_id = any (pets)),
    'calendar_events', cardinality(visits),
    'webhook_logs', cardinality(deliveries));

  update public.calendar_events e
  set erased_at = now(), client_id = null, pet_id = null, link_source = null
  where e.id = any (visits);
  foreach visit in array visits loop
    -- Takes the person out of the deliveries as well, and gives the same row ever after.
    perform private.refold_event(visit, client.salon_id, null::public.webhook_logs);
  end loop;
  -- What never became a visit.
  update public.webhook_logs l
  set booking = private.without_person(l.booking, l.cal_com_event_id, own.email, own.phone),
    payload = private.blanked('erasure'), blanked_at = coalesce(l.blanked_at, now()),
    erased_at = now()
  where l.id = any (deliveries) and l.id <> all (mentions) and l.erased_at is null;
  if own.pattern is not null then
    update public.webhook_logs l
    set booking = private.without_contact(l.booking, own.pattern),
      payload = private.blanked('erasure'), blanked_at = coalesce(l.blanked_at, now())
    where l.id = any (mentions);
    perform private.erase_mentions(client.salon_id, own.pattern);
  end if;

  delete from public.sms_opt_outs o where o.salon_id = client.salon_id and o.phone = own.phone;
  get diagnostics opt_outs = row_count;
  counts := counts || jsonb_build_object(
    'sms_messages', private.erase_messages(client, own.phone),
    'sms_opt_outs', opt_outs);
  delete from public.pets p where p.id = any (pets);
  delete from public.clients c where c.id = client.id;
  return counts;
end;
$$;
revoke all on function private.erase(public.clients, uuid[]) from public, anon, authenticated;
comment on function private.erase(public.clients, uuid[]) is
  'Does what erase_client says, and counts it. others: private.other_deliveries, which take long '
  'to find and are looked for before anybody has to wait.';

create function public.erase_client(p_client_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  client public.clients;
  own record;
  visits uuid[];
  others uuid[];
  answer jsonb;
begin
  select c.* into client from public.clients c where c.id = p_client_id;
  if client.id is null then
    select e.salon_id into client.salon_id
    from public.client_erasures e where e.client_id = p_client_id;
  end if;
  if client.salon_id is null or not private.may_manage(client.salon_id) then
    raise exception 'There is no such client'
      using errcode = 'PT404', hint = 'Owners can erase the clients of their salon.';
  end if;

  if client.id is not null then
    select * into own from private.own_contacts(client);
    visits := private.client_visits(client, own.phone, own.email);
    others := array(
      select d.log_id from private.other_deliveries(client, visits, own.pattern) d);
    -- Whoever changes one of these bookings this moment is waited for, and waits from then on.
    perform 1 from private.lock_deliveries(others || array(
      select d.log_id from private.visit_deliveries(client, visits) d));
  end if;
  perform pg_advisory_xact_lock(hashtextextended('salon ' || client.salon_id::text, 0));
  -- Nor may a reminder be planned meanwhile.
  perform pg_advisory_xact_lock(hashtextextended('sms_plan', 0));
  select c.* into client from public.clients c where c.id = p_client_id for update;
  if client.id is null then
    return (
      select jsonb_object_agg(c.key, 0)
      from public.client_erasures e, jsonb_each(e.counts) c where e.client_id = p_client_id);
  end if;

  answer := private.erase(client, others);
  insert into public.client_erasures (client_id, salon_id, erased_by, counts)
  values (p_client_id, client.salon_id, (select auth.uid()), answer);
  return answer;
end;
$$;
revoke all on function public.erase_client(uuid) from public, anon, authenticated;
grant execute on function public.erase_client(uuid) to authenticated, service_role;
comment on function public.erase_client(uuid) is
  'Erases a client for good: the client, pets of nobody else, their opt-out; from visits, '
  'deliveries and messages everything that says who it was, while the rows stay to be counted. A '
  'message that has not gone out is cancelled. Visits and deliveries that are not linked to them '
  'are found by phone (in any spelling) and e-mail, unless another client of the salon has the '
  'same: that is the other''s data as well, and stays. Returns the rows erased by table; a second '
  'time zeros. For owners of the salon, and service_role; to others the client does not exist: '
  'PT404. Security definer, because members may not write the calendar otherwise.';
