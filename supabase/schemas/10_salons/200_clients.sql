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
  created_at timestamptz not null default now()
);

-- Appointments refer to this pair, so that they cannot name a client of another salon.
create unique index if not exists clients_id_salon_id_key on public.clients (id, salon_id);
create index if not exists clients_salon_id_phone_idx
  on public.clients (salon_id, private.e164(phone_number));
create index if not exists clients_salon_id_email_idx on public.clients (salon_id, lower(email));

comment on table public.clients is 'A client of a salon: a person who books and is reminded.';
comment on column public.clients.has_gdpr_consent is 'Without consent no SMS is sent.';

create or replace trigger keep_key
  before update of salon_id on public.clients
  for each row when (old.salon_id is not null and new.salon_id is distinct from old.salon_id)
  execute function private.refuse_new_key();

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
