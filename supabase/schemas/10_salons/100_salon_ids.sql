-- Defines membership: every policy "members can …" calls this function. It is PL/pgSQL, because an
-- SQL function with a pinned search_path is planned again in every query, and returns an array,
-- because that is twice as fast as a set.

create function private.salon_ids()
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
    select m.salon_id from public.salon_members m where m.user_id = me);
end;
$$;
revoke all on function private.salon_ids() from public, anon;
grant execute on function private.salon_ids() to authenticated;
comment on function private.salon_ids() is
  'The salons of the signed-in user, for policies. Security definer, because the policies of '
  'salons and salon_members call it and would otherwise recurse.';
