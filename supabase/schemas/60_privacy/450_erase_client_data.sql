-- Called by erase_client.

create function private.erase_client_data(client public.clients, others uuid[])
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  own record;
  appointments uuid[];
  pets uuid[];
  deliveries uuid[];
  mentions uuid[];
  appointment uuid;
  counts jsonb;
  opt_outs integer;
begin
  -- Find what is the client's.
  select * into own from private.unique_contacts(client);
  appointments := private.client_appointments(client, own.phone, own.email);
  pets := private.pets_only_of_client(client, appointments);
  select coalesce(array_agg(d.log_id), '{}'),
    coalesce(array_agg(d.log_id) filter (where d.is_mention), '{}')
  into deliveries, mentions
  from (
    select v.log_id, v.is_mention from private.appointment_deliveries(client, appointments) v
    union
    -- Read again, because they may have changed before they were locked.
    select l.id, private.is_about_appointment(l, client.salon_id)
    from public.webhook_logs l
    where l.id = any (others) and l.erased_at is null
      and (l.salon_id is null or l.salon_id = client.salon_id)
      and l.id not in (select v.log_id from private.appointment_deliveries(client, appointments) v)
  ) d;

  -- Count it before it is gone.
  counts := jsonb_build_object(
    'clients', 1,
    'pets', cardinality(pets),
    'client_pets', (
      select count(*) from public.client_pets cp
      where cp.client_id = client.id or cp.pet_id = any (pets)),
    'calendar_events', cardinality(appointments),
    'webhook_logs', cardinality(deliveries));

  -- Erase appointments and deliveries.
  update public.calendar_events e
  set erased_at = now(), client_id = null, pet_id = null, link_source = null
  where e.id = any (appointments);
  foreach appointment in array appointments loop
    -- Redacts the deliveries as well, so that every later fold gives the same row.
    perform private.write_appointment(
      appointment, false, true, false, true, null::public.webhook_logs);
  end loop;
  perform private.erase_unapplied_deliveries(
    array(select unnest(deliveries) except select unnest(mentions)), own.email, own.phone);
  if own.pattern is not null then
    perform private.erase_mentions(client.salon_id, mentions, own.pattern);
  end if;

  -- Erase the rest.
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
revoke all on function private.erase_client_data(public.clients, uuid[])
  from public, anon, authenticated;
comment on function private.erase_client_data(public.clients, uuid[]) is
  'Does the erasure of erase_client and counts the rows. others: '
  'private.unlinked_client_deliveries, locked by the caller.';
