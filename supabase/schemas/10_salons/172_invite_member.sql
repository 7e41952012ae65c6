-- Called by owners.

create function public.invite_member(
  p_salon_id uuid, p_email text, p_role public.member_role default 'staff'
)
returns uuid
language plpgsql
security definer
set search_path = ''
as $$
declare
  invitation_id uuid;
begin
  -- Two concurrent invitations could both be the last one that is allowed. An owner who is being
  -- removed could make one that private.withdraw_invitations does not see.
  perform from public.salons s
  where s.id = p_salon_id and private.can_manage_salon(s.id) for no key update;
  if not private.can_manage_salon(p_salon_id) then
    raise exception 'There is no such salon'
      using errcode = 'PT404', hint = 'Owners can invite members to their salon.';
  end if;
  delete from public.salon_invitations i
  where i.salon_id = p_salon_id and i.expires_at <= now();
  if (select count(*) >= 50 from public.salon_invitations i
    where i.salon_id = p_salon_id and i.email <> lower(trim(p_email))) then
    raise exception 'The salon has 50 open invitations'
      using errcode = 'PT409', hint = 'Withdraw some of them first.';
  end if;
  insert into public.salon_invitations as i (salon_id, email, role, invited_by)
  values (p_salon_id, lower(trim(p_email)), p_role, (select auth.uid()))
  on conflict on constraint salon_invitations_salon_id_email_key do update
  set role = excluded.role, created_at = excluded.created_at, expires_at = excluded.expires_at,
    invited_by = excluded.invited_by
  returning i.id into invitation_id;
  return invitation_id;
end;
$$;
revoke all on function public.invite_member(uuid, text, public.member_role)
  from public, anon, authenticated;
grant execute on function public.invite_member(uuid, text, public.member_role)
  to authenticated, service_role;
comment on function public.invite_member(uuid, text, public.member_role) is
  'Invites an e-mail address to a salon for 14 days, or renews its invitation; returns its id. '
  'Sends nothing: tell the person, who accepts with accept_invitation. The answer is the same '
  'whether the address has an account or not. For owners and service_role; for others the salon '
  'does not exist: PT404. PT409 for the 51st open invitation. Security definer, because owners may '
  'not choose the id or the expiry.';
