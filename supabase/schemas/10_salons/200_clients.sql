-- Clients of a salon. BarkBook already has this table.

create table if not exists public.clients (
  id uuid primary key default gen_random_uuid(),
  salon_id uuid references public.salons (id) on delete cascade,
  name text not null,
  surname text not null,
  phone_number text not null,
  email text,
  address text,
  has_gdpr_consent boolean not null default false,
  gdpr_consent_date timestamptz,
  created_at timestamptz not null default now(),
  gdpr_consent_source public.consent_source,
  gdpr_consent_recorded_by uuid
);

-- Appointments refer to this pair, so that they cannot name a client of another salon.
create unique index if not exists clients_id_salon_id_key on public.clients (id, salon_id);
create index if not exists clients_salon_id_phone_idx
  on public.clients (salon_id, private.e164(phone_number));
create index if not exists clients_salon_id_email_idx on public.clients (salon_id, lower(email));

comment on table public.clients is 'A client of a salon: a person who books and is reminded.';
comment on column public.clients.has_gdpr_consent is 'Without consent no SMS is sent.';
comment on column public.clients.gdpr_consent_date is
  'When the client agreed: as told, else when it was recorded.';
comment on column public.clients.gdpr_consent_source is
  'Who recorded the consent, set by a trigger. Null without consent.';
comment on column public.clients.gdpr_consent_recorded_by is
  'The member who recorded the consent: an id of auth.users. Not a foreign key, so that the record '
  'outlasts the account.';

create or replace trigger keep_key
  before update of salon_id on public.clients
  for each row when (new.salon_id <> old.salon_id)
  execute function private.refuse_new_key();

create or replace trigger check_text_lengths
  before insert or update of name, surname, phone_number, email, address on public.clients
  for each row execute function private.check_text_lengths(
    'name', '200', 'surname', '200', 'phone_number', '100', 'email', '320', 'address', '500');

alter table public.clients enable row level security;
revoke all on table public.clients from public, anon, authenticated, service_role;
grant select, insert, update, delete on table public.clients to authenticated, service_role;

create policy "members can see their clients" on public.clients
  for select to authenticated
  using (private.refuse_estimates() and salon_id = any ((select private.salon_ids())::uuid[]));
create policy "members can add clients" on public.clients
  for insert to authenticated
  with check (salon_id = any ((select private.salon_ids())::uuid[]));
create policy "members can edit their clients" on public.clients
  for update to authenticated
  using (salon_id = any ((select private.salon_ids())::uuid[]))
  with check (salon_id = any ((select private.salon_ids())::uuid[]));
create policy "members can delete their clients" on public.clients
  for delete to authenticated
  using (salon_id = any ((select private.salon_ids())::uuid[]));
