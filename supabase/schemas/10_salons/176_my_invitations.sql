-- Called by users who were invited.

create function public.my_invitations()
returns table (id uuid, salon_name text, role public.member_role, expires_at timestamptz)
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return query
  select i.id, s.name, i.role, i.expires_at
  from public.salon_invitations i
  join public.salons s on s.id = i.salon_id
  where i.email = private.confirmed_email() and i.expires_at > now()
  order by i.created_at, i.id;
end;
$$;
revoke all on function public.my_invitations() from public, anon, authenticated, service_role;
grant execute on function public.my_invitations() to authenticated;
comment on function public.my_invitations() is
  'The open invitations to the confirmed e-mail address of the signed-in user. Security definer, '
  'because the user is not yet a member and sees neither the salon nor its invitations.';
