-- Membership, which every policy asks for, at a tenth of the price.
-- Objects: new bodies for private.salon_ids and private.owned_salon_ids; what they say is the same.
-- Destructive: no. Undo: restore both from 090100.

-- In PL/pgSQL, since a function in SQL with a pinned search_path is planned anew in every query,
-- and a view over three tables asks three times.
create or replace function private.salon_ids()
returns setof uuid
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  me uuid := auth.uid();
begin
  return query
  select s.id from public.salons s where s.user_id = me
  union
  select m.salon_id from public.salon_members m where m.user_id = me;
end;
$$;

create or replace function private.owned_salon_ids()
returns setof uuid
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  me uuid := auth.uid();
begin
  return query
  select s.id from public.salons s where s.user_id = me
  union
  select m.salon_id
  from public.salon_members m
  where m.user_id = me and m.role = 'owner';
end;
$$;
