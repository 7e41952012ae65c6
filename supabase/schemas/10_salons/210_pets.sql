-- Pets of a salon. BarkBook already has this table.

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

comment on table public.pets is 'An animal that is groomed.';

create or replace trigger keep_key
  before update of salon_id on public.pets
  for each row when (new.salon_id <> old.salon_id)
  execute function private.refuse_new_key();

create or replace trigger check_text_lengths
  before insert or update of name, type, breed, health_issues, allergies, preferences, notes
  on public.pets
  for each row execute function private.check_text_lengths(
    'name', '200', 'type', '200', 'breed', '200', 'health_issues', '10000',
    'allergies', '10000', 'preferences', '10000', 'notes', '10000');

alter table public.pets enable row level security;
revoke all on table public.pets from public, anon, authenticated, service_role;
grant select, insert, update, delete on table public.pets to authenticated, service_role;

create policy "members can see their pets" on public.pets
  for select to authenticated
  using (private.refuse_estimates() and salon_id = any ((select private.salon_ids())::uuid[]));
create policy "members can add pets" on public.pets
  for insert to authenticated
  with check (salon_id = any ((select private.salon_ids())::uuid[]));
create policy "members can edit their pets" on public.pets
  for update to authenticated
  using (salon_id = any ((select private.salon_ids())::uuid[]))
  with check (salon_id = any ((select private.salon_ids())::uuid[]));
create policy "members can delete their pets" on public.pets
  for delete to authenticated
  using (salon_id = any ((select private.salon_ids())::uuid[]));
