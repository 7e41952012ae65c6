-- Passes a salon on when its founder's account is deleted. Trigger on salons.

create function private.pass_on_salon()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  -- Before the rows of the salon, as a delivery does. Deleting them in another order would deadlock.
  perform private.lock_salon(old.id);
  delete from public.salon_members m
  where (m.salon_id, m.user_id) = (
    select o.salon_id, o.user_id
    from public.salon_members o
    -- Supabase Auth may delete several accounts in one statement.
    join auth.users u on u.id = o.user_id
    where o.salon_id = old.id and o.role = 'owner' and o.user_id <> old.user_id
    order by o.created_at, o.user_id
    limit 1)
  returning m.user_id into new.user_id;
  if new.user_id is null then
    delete from public.salons s where s.id = old.id;
    return null;
  end if;
  return new;
end;
$$;
revoke all on function private.pass_on_salon() from public, anon, authenticated;
comment on function private.pass_on_salon() is
  'Trigger: the foreign key clears salons.user_id when the account is deleted. The longest-serving '
  'other owner follows; without one the salon is deleted. Security definer, because service_role '
  'may not read auth.users.';

create trigger pass_on_salon
  before update of user_id on public.salons
  for each row when (new.user_id is null and old.user_id is not null)
  execute function private.pass_on_salon();
