-- The clients of a salon and their pets.
-- Objects: tables clients, pets, client_pets with policies; private.keep_salon with its triggers.
-- BarkBook's tables are kept and completed; its policies on them are replaced.
-- Destructive: BarkBook's policies. Undo: recreate them from BarkBook's history.

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
-- The pair is what a calendar event refers to, so that it cannot name another salon's client.
create unique index if not exists clients_id_salon_id_key on public.clients (id, salon_id);
create index if not exists clients_salon_id_phone_idx
  on public.clients (salon_id, private.e164(phone_number));
create index if not exists clients_salon_id_email_idx on public.clients (salon_id, lower(email));

create table if not exists public.pets (
  id uuid primary key default gen_random_uuid(),
  salon_id uuid references public.salons (id) on delete cascade,
  name text not null,
  type text,
  breed text,
  age integer,
  health_issues text,
  allergies text,
  preferences text,
  notes text,
  created_at timestamptz not null default now()
);
create unique index if not exists pets_id_salon_id_key on public.pets (id, salon_id);
create index if not exists pets_salon_id_idx on public.pets (salon_id);

create table if not exists public.client_pets (
  client_id uuid not null references public.clients (id) on delete cascade,
  pet_id uuid not null references public.pets (id) on delete cascade,
  primary key (client_id, pet_id)
);
create index if not exists client_pets_pet_id_idx on public.client_pets (pet_id);

create function private.keep_salon()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if new.salon_id is distinct from old.salon_id and current_user = 'authenticated' then
    raise exception 'A client or pet stays with its salon'
      using errcode = 'insufficient_privilege', hint = 'Add it to the other salon anew.';
  end if;
  return new;
end;
$$;
revoke all on function private.keep_salon() from public, anon, authenticated;
comment on function private.keep_salon() is
  'Trigger: a member of two salons, or staff who sign up one of their own, cannot carry the '
  'clients of one over to the other.';
create or replace trigger keep_salon
  before update of salon_id on public.clients
  for each row execute function private.keep_salon();
create or replace trigger keep_salon
  before update of salon_id on public.pets
  for each row execute function private.keep_salon();

comment on table public.clients is 'A client of a salon: the person who books and is reminded.';
comment on column public.clients.has_gdpr_consent is 'Without it no SMS is sent.';
comment on table public.pets is 'An animal that is groomed.';
comment on table public.client_pets is 'Which client brings which pet.';

alter table public.clients enable row level security;
select private.drop_policies('public.clients');
revoke all on table public.clients from public, anon, authenticated, service_role;
grant select, insert, update, delete on table public.clients to authenticated, service_role;

create policy "members can see their clients" on public.clients
  for select to authenticated
  using (salon_id = any (array(select private.salon_ids())));
create policy "members can add clients" on public.clients
  for insert to authenticated
  with check (salon_id = any (array(select private.salon_ids())));
create policy "members can edit their clients" on public.clients
  for update to authenticated
  using (salon_id = any (array(select private.salon_ids())))
  with check (salon_id = any (array(select private.salon_ids())));
create policy "members can delete their clients" on public.clients
  for delete to authenticated
  using (salon_id = any (array(select private.salon_ids())));

alter table public.pets enable row level security;
select private.drop_policies('public.pets');
revoke all on table public.pets from public, anon, authenticated, service_role;
grant select, insert, update, delete on table public.pets to authenticated, service_role;

create policy "members can see their pets" on public.pets
  for select to authenticated
  using (salon_id = any (array(select private.salon_ids())));
create policy "members can add pets" on public.pets
  for insert to authenticated
  with check (salon_id = any (array(select private.salon_ids())));
create policy "members can edit their pets" on public.pets
  for update to authenticated
  using (salon_id = any (array(select private.salon_ids())))
  with check (salon_id = any (array(select private.salon_ids())));
create policy "members can delete their pets" on public.pets
  for delete to authenticated
  using (salon_id = any (array(select private.salon_ids())));

alter table public.client_pets enable row level security;
select private.drop_policies('public.client_pets');
revoke all on table public.client_pets from public, anon, authenticated, service_role;
grant select, insert, delete on table public.client_pets to authenticated;
grant select, insert, update, delete on table public.client_pets to service_role;

-- The subqueries run under the caller's own policies, so they find only the caller's clients.
create policy "members can see whose pet it is" on public.client_pets
  for select to authenticated
  using (client_id in (select c.id from public.clients c));
create policy "members can give a pet to a client of the same salon" on public.client_pets
  for insert to authenticated
  with check (
    exists (
      select from public.clients c
      join public.pets p on p.salon_id = c.salon_id
      where c.id = client_id and p.id = pet_id
    )
  );
create policy "members can take a pet from a client" on public.client_pets
  for delete to authenticated
  using (client_id in (select c.id from public.clients c));
