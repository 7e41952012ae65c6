-- Which pets belong to which client. BarkBook already has this table.

create table if not exists public.client_pets (
  client_id uuid not null references public.clients (id) on delete cascade,
  pet_id uuid not null references public.pets (id) on delete cascade,
  primary key (client_id, pet_id)
);

create index if not exists client_pets_pet_id_idx on public.client_pets (pet_id);

comment on table public.client_pets is 'Which pets belong to which client.';

alter table public.client_pets enable row level security;
revoke all on table public.client_pets from public, anon, authenticated, service_role;
grant select, insert, delete on table public.client_pets to authenticated;
grant select, insert, update, delete on table public.client_pets to service_role;

-- The subqueries apply the caller's own policies, so they return only the caller's clients.
create policy "members can see which pets belong to their clients" on public.client_pets
  for select to authenticated
  using (private.refuse_estimates() and client_id in (select c.id from public.clients c));
create policy "members can link a pet to a client of the same salon" on public.client_pets
  for insert to authenticated
  with check (
    exists (
      select from public.clients c
      join public.pets p on p.salon_id = c.salon_id
      where c.id = client_id and p.id = pet_id
    )
  );
create policy "members can unlink a pet from a client" on public.client_pets
  for delete to authenticated
  using (client_id in (select c.id from public.clients c));
