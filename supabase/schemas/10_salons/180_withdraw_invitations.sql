-- Withdraws the invitations of an owner who leaves. Trigger on salon_members and salons.

create function private.withdraw_invitations()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  salon uuid;
begin
  if tg_table_name = 'salons' then
    salon := old.id;
  else
    salon := old.salon_id;
  end if;
  -- Waits for an invitation that the owner is making at this moment: see invite_member.
  perform from public.salons s where s.id = salon for no key update;
  delete from public.salon_invitations i where i.salon_id = salon and i.invited_by = old.user_id;
  return null;
end;
$$;
revoke all on function private.withdraw_invitations() from public, anon, authenticated;
comment on function private.withdraw_invitations() is
  'Trigger: an owner who was removed or demoted must not return by an invitation of their own to '
  'another address. Security definer, because members who leave may not withdraw invitations.';

create trigger withdraw_invitations
  after delete on public.salon_members
  for each row when (old.role = 'owner') execute function private.withdraw_invitations();
create trigger withdraw_invitations_of_former_owner
  after update of role on public.salon_members
  for each row when (old.role = 'owner' and new.role <> 'owner')
  execute function private.withdraw_invitations();
create trigger withdraw_invitations
  after update of user_id on public.salons
  for each row when (old.user_id is distinct from new.user_id)
  execute function private.withdraw_invitations();
