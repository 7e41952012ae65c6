-- Salons, the tenants. BarkBook already has this table, hence "if not exists".

create table if not exists public.salons (
  id uuid primary key default gen_random_uuid(),
  user_id uuid,
  name text not null,
  address text,
  nip text,
  cal_com_username text,
  created_at timestamptz default now(),
  updated_at timestamptz default now(),
  timezone text not null default 'Europe/Warsaw',
  phone_number text,
  -- See private.pass_on_salon.
  constraint salons_user_id_fkey
    foreign key (user_id) references auth.users (id) on delete set null,
  constraint salons_timezone_is_valid check (private.is_time_zone(timezone)),
  constraint salons_cal_com_username_is_not_blank check (trim(cal_com_username) <> '')
);

create unique index if not exists salons_cal_com_username_key
  on public.salons (lower(cal_com_username));
create index if not exists salons_user_id_idx on public.salons (user_id);

comment on table public.salons is
  'A grooming salon, the tenant: every other row belongs to a salon.';
comment on column public.salons.user_id is
  'The owner who created the salon, or the one who followed when that account was deleted.';
comment on column public.salons.cal_com_username is
  'The salon''s username on Cal.com, unique regardless of case. Bookings with this host belong to '
  'the salon, so only service_role may set it.';
comment on column public.salons.phone_number is
  'Where clients reach the salon, as reminders write it.';
comment on column public.salons.timezone is
  'IANA name of the time zone that defines the salon''s days and clock times.';

create or replace trigger handle_updated_at
  before update on public.salons
  for each row execute function private.set_updated_at();

create trigger keep_key
  before update of id on public.salons
  for each row when (new.id <> old.id) execute function private.refuse_new_key();

create or replace trigger check_text_lengths
  before insert or update of name, address, nip, phone_number on public.salons
  for each row execute function private.check_text_lengths(
    'name', '200', 'address', '500', 'nip', '50', 'phone_number', '100');

alter table public.salons enable row level security;
revoke all on table public.salons from public, anon, authenticated, service_role;
grant select on table public.salons to authenticated;
grant insert (id, user_id, name, address, nip, timezone, phone_number) on table public.salons to authenticated;
grant update (name, address, nip, timezone, phone_number) on table public.salons to authenticated;
grant select, insert, update, delete on table public.salons to service_role;

-- The owner is checked separately, because a newly inserted row is not yet among salon_ids().
create policy "members can see their salon" on public.salons
  for select to authenticated
  using (
    private.refuse_estimates()
    and (id = any ((select private.salon_ids())::uuid[]) or user_id = (select private.user_id()))
  );
create policy "users can create their own salon" on public.salons
  for insert to authenticated
  with check (user_id = (select private.user_id()));
create policy "owners can edit their salon" on public.salons
  for update to authenticated
  using (id = any ((select private.owned_salon_ids())::uuid[]))
  with check (id = any ((select private.owned_salon_ids())::uuid[]));
