-- Salons, who works there, their clients and pets.
-- Objects: tables salons, salon_members, clients, pets, client_pets; membership helpers; policies.
-- BarkBook's tables are kept and completed; its policies on them are replaced.
-- Destructive: BarkBook's policies on these five tables. Undo: recreate them from BarkBook's history.

create table if not exists public.salons (
  id uuid primary key default gen_random_uuid(),
  user_id uuid references auth.users (id) on delete cascade,
  name text not null,
  address text,
  nip text,
  cal_com_username text,
  created_at timestamptz default now(),
  updated_at timestamptz default now()
);
alter table public.salons
  add column if not exists timezone text not null default 'Europe/Warsaw';
update public.salons set cal_com_username = null where trim(cal_com_username) = '';
do $$
declare
  shared_names text;
begin
  select string_agg(name, ', ') into shared_names
  from (
    select lower(cal_com_username) as name from public.salons
    group by 1 having count(*) > 1
  ) twice;
  if shared_names is not null then
    raise exception 'Several salons have the same Cal.com username: %', shared_names
      using hint = 'Leave each to the one salon it belongs to, then run the migration again.';
  end if;
end;
$$;
create unique index if not exists salons_cal_com_username_key
  on public.salons (lower(cal_com_username));
create index if not exists salons_user_id_idx on public.salons (user_id);

create table if not exists public.salon_members (
  salon_id uuid not null references public.salons (id) on delete cascade,
  user_id uuid not null references auth.users (id) on delete cascade,
  role text not null default 'staff',
  created_at timestamptz not null default now(),
  primary key (salon_id, user_id),
  constraint salon_members_role_is_valid check (role in ('owner', 'staff'))
);
create index if not exists salon_members_user_id_idx on public.salon_members (user_id);

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

create function private.is_time_zone(zone text)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  perform now() at time zone zone;
  -- Postgres also takes offsets and abbreviations, which know no daylight saving.
  return zone ~ '/' or zone = 'UTC';
exception
  when invalid_parameter_value then
    return false;
end;
$$;
revoke all on function private.is_time_zone(text) from public, anon;
grant execute on function private.is_time_zone(text) to authenticated, service_role;
comment on function private.is_time_zone(text) is 'Whether a text names an IANA time zone.';

select private.ensure_constraint('public.salons',
  'salons_timezone_is_valid', 'check (private.is_time_zone(timezone))');
select private.ensure_constraint('public.salons',
  'salons_cal_com_username_is_not_blank', $$check (trim(cal_com_username) <> '')$$);

create or replace trigger handle_updated_at
  before update on public.salons
  for each row execute function private.set_updated_at();

comment on table public.salons is 'A grooming salon: the tenant. Everything belongs to one.';
comment on column public.salons.user_id is 'The owner who signed the salon up.';
comment on column public.salons.cal_com_username is
  'Username of the salon on Cal.com, unique without regard to case. Bookings made with this host '
  'belong to this salon, so only service_role may set it.';
comment on column public.salons.timezone is
  'IANA name. What "today" and "tomorrow" mean for this salon.';
comment on table public.salon_members is 'Who else may see a salon: further owners, and staff.';
comment on table public.clients is 'A client of a salon: the person who books and is reminded.';
comment on column public.clients.has_gdpr_consent is 'Without it no SMS is sent.';
comment on table public.pets is 'An animal that is groomed.';
comment on table public.client_pets is 'Which client brings which pet.';

create function private.salon_ids()
returns setof uuid
language sql
stable
security definer
set search_path = ''
as $$
  select s.id from public.salons s where s.user_id = (select auth.uid())
  union
  select m.salon_id from public.salon_members m where m.user_id = (select auth.uid());
$$;
revoke all on function private.salon_ids() from public, anon;
grant execute on function private.salon_ids() to authenticated;
comment on function private.salon_ids() is
  'The salons of the signed-in user, for policies. Security definer, because the policies of '
  'salons and salon_members call it and would otherwise call themselves without end.';

create function private.owned_salon_ids()
returns setof uuid
language sql
stable
security definer
set search_path = ''
as $$
  select s.id from public.salons s where s.user_id = (select auth.uid())
  union
  select m.salon_id
  from public.salon_members m
  where m.user_id = (select auth.uid()) and m.role = 'owner';
$$;
revoke all on function private.owned_salon_ids() from public, anon;
grant execute on function private.owned_salon_ids() to authenticated;
comment on function private.owned_salon_ids() is
  'The salons the signed-in user owns. Security definer for the reason given at salon_ids().';

-- salons ------------------------------------------------------------------------------------

alter table public.salons enable row level security;
select private.drop_policies('public.salons');
revoke all on table public.salons from public, anon, authenticated, service_role;
grant select on table public.salons to authenticated;
grant insert (id, user_id, name, address, nip, timezone) on table public.salons to authenticated;
grant update (name, address, nip, timezone) on table public.salons to authenticated;
grant select, insert, update, delete on table public.salons to service_role;

-- The owner is named as well, because a row just inserted is not yet among salon_ids().
create policy "members can see their salon" on public.salons
  for select to authenticated
  using (id = any (array(select private.salon_ids())) or user_id = (select auth.uid()));
create policy "a user can sign up a salon of their own" on public.salons
  for insert to authenticated
  with check (user_id = (select auth.uid()));
create policy "owners can edit their salon" on public.salons
  for update to authenticated
  using (id = any (array(select private.owned_salon_ids())))
  with check (id = any (array(select private.owned_salon_ids())));

-- salon_members -----------------------------------------------------------------------------

alter table public.salon_members enable row level security;
select private.drop_policies('public.salon_members');
revoke all on table public.salon_members from public, anon, authenticated, service_role;
grant select, insert, update (role), delete on table public.salon_members to authenticated;
grant select, insert, update, delete on table public.salon_members to service_role;

create policy "members can see who works with them" on public.salon_members
  for select to authenticated
  using (salon_id = any (array(select private.salon_ids())));
create policy "owners can add members" on public.salon_members
  for insert to authenticated
  with check (salon_id = any (array(select private.owned_salon_ids())));
create policy "owners can change a member's role" on public.salon_members
  for update to authenticated
  using (salon_id = any (array(select private.owned_salon_ids())))
  with check (salon_id = any (array(select private.owned_salon_ids())));
create policy "owners can remove members" on public.salon_members
  for delete to authenticated
  using (salon_id = any (array(select private.owned_salon_ids())));

-- clients -----------------------------------------------------------------------------------

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

-- pets --------------------------------------------------------------------------------------

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

-- client_pets -------------------------------------------------------------------------------

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
