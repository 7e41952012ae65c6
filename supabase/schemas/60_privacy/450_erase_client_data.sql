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
  select * into own from private.unique_contacts(client);
  appointments := private.client_appointments(client, own.phone, own.email);
  pets := private.pets_only_of_client(client, appointments);
  select coalesce(array_agg(d.log_id), '{}'),
    coalesce(array_agg(d.log_id) filter (where d.is_mention), '{}')
  into deliveries, mentions
  from (
    select v.log_id, v.is_mention from private.appointment_deliveries(client, appointments) v
    union
    -- What became of them since they were looked for.
    select l.id, private.is_about_appointment(l, client.salon_id)
    from public.webhook_logs l
    where l.id = any (others) and l.erased_at is null
      and (l.salon_id is null or l.salon_id = client.salon_id)
      and l.id not in (select v.log_id from private.appointment_deliveries(client, appointments) v)
  ) d;
  counts := jsonb_build_object(
    'clients', 1,
    'pets', cardinality(pets),
    'client_pets', (
      select count(*) from public.client_pets cp
      where cp.client_id = client.id or cp.pet_id = any (pets)),
    'calendar_events', cardinality(appointments),
    'webhook_logs', cardinality(deliveries));

  update public.calendar_events e
  set erased_at = now(), client_id = null, pet_id = null, link_source = null
  where e.id = any (appointments);
  foreach appointment in array appointments loop
    -- Takes the person out of the deliveries as well, and gives the same row ever after.
    perform private.refold_appointment(appointment, client.salon_id, null::public.webhook_logs);
  end loop;
  -- What never became an appointment.
  update public.webhook_logs l
  set booking = private.redact_booking(l.booking, l.cal_com_event_id, own.email, own.phone),
    payload = private.redacted_payload('erasure'), redacted_at = coalesce(l.redacted_at, now()),
    -- What no salon has may turn out to be of another one's appointment, which stays that salon's.
    erased_at = case
      when current_setting('role') <> 'authenticated' or l.booking is null
        or coalesce(l.salon_id, private.find_salon(l.booking)) is not null then now()
    end
  where l.id = any (deliveries) and l.id <> all (mentions) and l.erased_at is null;
  if own.pattern is not null then
    update public.webhook_logs l
    set booking = private.redact_contact(l.booking, own.pattern),
      payload = private.redacted_payload('erasure'), redacted_at = coalesce(l.redacted_at, now())
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
revoke all on function private.erase_client_data(public.clients, uuid[]) from public, anon, authenticated;
comment on function private.erase_client_data(public.clients, uuid[]) is
  'Does what erase_client says, and counts it. others: private.unlinked_client_deliveries, which take long '
  'to find and are looked for before anybody has to wait.';
