-- Invitations to become a member of a salon.

create table public.salon_invitations (
  id uuid primary key default gen_random_uuid(),
  salon_id uuid not null references public.salons (id) on delete cascade,
  email text not null,
  role public.member_role not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null default now() + interval '14 days',
  invited_by uuid,
  constraint salon_invitations_salon_id_email_key unique (salon_id, email),
  constraint salon_invitations_email_is_valid
    check (email ~ '^[^\s@]+@[^\s@]+$' and email = lower(email) and length(email) <= 254)
);

create index salon_invitations_email_idx on public.salon_invitations (email);

comment on table public.salon_invitations is
  'Invitations of an e-mail address to become a member, until they are accepted. Nothing here '
  'depends on whether the address has an account.';
comment on column public.salon_invitations.email is 'In lower case.';
comment on column public.salon_invitations.invited_by is
  'The owner who made the invitation or renewed it last; null for service_role. See '
  'private.withdraw_invitations.';

alter table public.salon_invitations enable row level security;
revoke all on table public.salon_invitations from public, anon, authenticated, service_role;
grant select, delete on table public.salon_invitations to authenticated;
grant select, insert, update, delete on table public.salon_invitations to service_role;

create policy "owners can see the invitations of their salon" on public.salon_invitations
  for select to authenticated
  using (
    private.refuse_estimates() and salon_id = any ((select private.owned_salon_ids())::uuid[])
  );
create policy "owners can withdraw an invitation" on public.salon_invitations
  for delete to authenticated
  using (salon_id = any ((select private.owned_salon_ids())::uuid[]));
