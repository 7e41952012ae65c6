-- Keeps clients and pets in their salon. Trigger on both tables.

create function private.protect_salon_id()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if new.salon_id is distinct from old.salon_id and current_user = 'authenticated' then
    raise exception 'A client or pet cannot move to another salon'
      using errcode = 'insufficient_privilege', hint = 'Create it in the other salon instead.';
  end if;
  return new;
end;
$$;
revoke all on function private.protect_salon_id() from public, anon, authenticated;
comment on function private.protect_salon_id() is
  'Trigger: prevents a member of two salons from moving clients or pets from one to the other.';

create or replace trigger protect_salon_id
  before update of salon_id on public.clients
  for each row execute function private.protect_salon_id();
create or replace trigger protect_salon_id
  before update of salon_id on public.pets
  for each row execute function private.protect_salon_id();
