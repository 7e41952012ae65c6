-- What the reminder job may read of a salon's data: only what a message about a future appointment
-- needs. No other clients, no e-mail addresses, no deliveries, no past.

create policy "the SMS worker can see settings of salons that remind or test"
  on public.sms_settings for select to sms_worker
  using (
    enabled
    -- An owner tries the messages before they switch them on.
    or salon_id = any ((select private.salons_that_test())::uuid[])
  );

grant select (id, name, address, timezone, phone_number) on table public.salons to sms_worker;
create policy "the SMS worker can see salons whose settings it can see" on public.salons
  for select to sms_worker
  using (exists (select from public.sms_settings s where s.salon_id = salons.id));

grant select (
    id, salon_id, client_id, pet_id, title, start_time, status, created_at, last_event_at)
  on table public.calendar_events to sms_worker;
create policy "the SMS worker can see future appointments"
  on public.calendar_events for select to sms_worker
  using (
    status in ('scheduled', 'confirmed', 'cancelled')
    and start_time > (select private.app_now())
    and (
      -- A reminder is sent at most a week ahead. Two more days: the rest of the day of the last
      -- appointment, and the difference of time zones.
      status <> 'cancelled' and start_time < (select private.app_now()) + interval '9 days'
      -- A notice is sent however far ahead.
      or exists (
        select from private.sms_changes changed
        where changed.event_id = calendar_events.id
          and (status <> 'cancelled' or changed.kind = 'cancelled'))
      -- And so is the answer to a client who was told of it.
      or status <> 'cancelled' and exists (
        select from public.sms_message_events covered
        where covered.event_id = calendar_events.id and covered.kind = 'answer')
    )
    -- Not by exists, for which Postgres may read the settings of all salons.
    and (
      select s.enabled from public.sms_settings s where s.salon_id = calendar_events.salon_id)
  );

grant select (id, salon_id, name, phone_number, has_gdpr_consent)
  on table public.clients to sms_worker;
create policy "the SMS worker can see clients with a future appointment" on public.clients
  for select to sms_worker
  using (exists (
    select from public.calendar_events e
    where e.client_id = clients.id and e.salon_id = clients.salon_id));

grant select (id, salon_id, name) on table public.pets to sms_worker;
create policy "the SMS worker can see pets with a future appointment" on public.pets
  for select to sms_worker
  using (exists (
    select from public.calendar_events e
    where e.pet_id = pets.id and e.salon_id = pets.salon_id));
