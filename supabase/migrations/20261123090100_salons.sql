-- Salons and who works there.
-- Objects: tables salons and salon_members with policies; private.is_time_zone, private.salon_ids,
-- private.owned_salon_ids.
-- BarkBook's table is kept and completed; its policies on it are replaced.
-- Destructive: BarkBook's policies. Undo: recreate them from BarkBook's history.

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
create policy "owners can remove members, and members can leave" on public.salon_members
  for delete to authenticated
  using (
    salon_id = any (array(select private.owned_salon_ids())) or user_id = (select auth.uid())
  );
