-- Called by private.erase_deleted_client.

create function private.erase_client_data(client public.clients)
returns void
language plpgsql
set search_path = ''
as $$
declare
  own private.contacts := private.unique_contacts(client);
  appointments uuid[];
  pets uuid[];
  deliveries uuid[];
  mentions uuid[];
  appointment uuid;
  counts jsonb;
  mentioning integer := 0;
begin
  -- Find what is the client's.
  appointments := private.client_appointments(client, own.phone, own.email);
  pets := private.pets_only_of_client(client, appointments);
  select coalesce(array_agg(v.log_id), '{}'),
    coalesce(array_agg(v.log_id) filter (where v.is_mention), '{}')
  into deliveries, mentions
  from private.appointment_deliveries(client, appointments) v;

  -- Count it before it is gone.
  counts := jsonb_build_object(
    'clients', 1,
    'pets', cardinality(pets),
    'client_pets', (
      select count(*) from public.client_pets cp
      where cp.client_id = client.id or cp.pet_id = any (pets)),
    'calendar_events', cardinality(appointments));

  -- Erase appointments and deliveries.
  update public.calendar_events e
  set erased_at = now(), client_id = null, pet_id = null, link_source = null, salon_note = null
  where e.id = any (appointments);
  foreach appointment in array appointments loop
    -- Redacts the deliveries as well, so that every later fold gives the same row.
    perform private.write_appointment(
      appointment, false, true, false, true, null::public.webhook_logs);
  end loop;
  perform private.erase_unapplied_deliveries(
    array(select unnest(deliveries) except select unnest(mentions)), own.email, own.phone);
  if own.pattern is not null then
    perform private.redact_mentions(mentions, own.pattern);
    mentioning := private.erase_mentions(client.salon_id, client.id, own);
  end if;

  -- Erase the rest.
  counts := counts || jsonb_build_object(
    'webhook_logs', cardinality(deliveries) + mentioning,
    'sms_messages', private.erase_messages(client, own.phone),
    'sms_inbox', private.erase_replies(client, own.phone),
    'sms_opt_outs', private.erase_opt_outs(client.salon_id, own.phone));
  delete from public.pets p where p.id = any (pets);
  perform private.record_erasure(client, own, counts);
end;
$$;
revoke all on function private.erase_client_data(public.clients) from public, anon, authenticated;
comment on function private.erase_client_data(public.clients) is
  'Erases what an index finds of a client who is being deleted, and records how many rows that '
  'are. private.continue_erasure searches the other deliveries.';
