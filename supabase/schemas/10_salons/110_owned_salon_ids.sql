-- Defines ownership: every policy "owners can …" calls this function.

create function private.owned_salon_ids()
returns uuid[]
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  me uuid := auth.uid();
begin
  return array(
    select s.id from public.salons s where s.user_id = me
    union all
    select m.salon_id
    from public.salon_members m
    where m.user_id = me and m.role = 'owner');
end;
$$;
revoke all on function private.owned_salon_ids() from public, anon;
grant execute on function private.owned_salon_ids() to authenticated;
comment on function private.owned_salon_ids() is
  'The salons that the signed-in user owns. Security definer, for the same reason as salon_ids().';
