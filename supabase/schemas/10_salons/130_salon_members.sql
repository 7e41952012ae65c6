-- Further owners and staff of a salon. The owner who created it is salons.user_id. Members are
-- added by accept_invitation.

create table public.salon_members (
  salon_id uuid not null references public.salons (id) on delete cascade,
  user_id uuid not null references auth.users (id) on delete cascade,
  role public.member_role not null default 'staff',
  created_at timestamptz not null default now(),
  primary key (salon_id, user_id)
);

create index salon_members_user_id_idx on public.salon_members (user_id);

comment on table public.salon_members is 'Further owners, and the staff, of a salon.';

create trigger keep_key
  before update of salon_id, user_id on public.salon_members
  for each row when ((new.salon_id, new.user_id) <> (old.salon_id, old.user_id))
  execute function private.refuse_new_key();

alter table public.salon_members enable row level security;
revoke all on table public.salon_members from public, anon, authenticated, service_role;
grant select, update (role), delete on table public.salon_members to authenticated;
grant select, insert, update, delete on table public.salon_members to service_role;

create policy "members can see the members of their salon" on public.salon_members
  for select to authenticated
  using (private.refuse_estimates() and salon_id = any ((select private.salon_ids())::uuid[]));
create policy "owners can change a member's role" on public.salon_members
  for update to authenticated
  using (salon_id = any ((select private.owned_salon_ids())::uuid[]))
  with check (salon_id = any ((select private.owned_salon_ids())::uuid[]));
create policy "owners can remove members, and members can leave" on public.salon_members
  for delete to authenticated
  using (
    salon_id = any ((select private.owned_salon_ids())::uuid[])
    or user_id = (select private.user_id())
  );
