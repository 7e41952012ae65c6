-- Called by users who were invited.

create function public.accept_invitation(p_invitation_id uuid)
returns uuid
language plpgsql
security definer
set search_path = ''
as $$
declare
  invitation public.salon_invitations;
begin
  delete from public.salon_invitations i
  where i.id = p_invitation_id and i.email = private.confirmed_email() and i.expires_at > now()
  returning i.* into invitation;
  if invitation.id is null then
    raise exception 'There is no such invitation'
      using errcode = 'PT404',
        hint = 'Sign in with the address that was invited and confirm it, or ask for a new one.';
  end if;
  if invitation.salon_id <> all (private.salon_ids()) then
    perform private.require_room_for_salon();
    insert into public.salon_members (salon_id, user_id, role)
    values (invitation.salon_id, (select auth.uid()), invitation.role)
    on conflict do nothing;
  end if;
  return invitation.salon_id;
end;
$$;
revoke all on function public.accept_invitation(uuid)
  from public, anon, authenticated, service_role;
grant execute on function public.accept_invitation(uuid) to authenticated;
comment on function public.accept_invitation(uuid) is
  'Makes the signed-in user a member of the salon that invited their confirmed e-mail address, and '
  'returns the salon. Who is a member already keeps their role. An invitation of somebody else, or '
  'one that expired, does not exist: PT404. PT409, and the invitation stays, if the user belongs to '
  'as many salons as private.salons_per_user allows. Security definer, because only this makes '
  'members.';
