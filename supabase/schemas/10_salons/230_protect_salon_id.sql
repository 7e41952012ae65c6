-- Keeps clients and pets in their salon. Trigger on both tables.

create function private.protect_salon_id()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if new.salon_id is distinct from old.salon_id and current_user = 'authenticated' then
    raise exception 'A client or pet stays with its salon'
      using errcode = 'insufficient_privilege', hint = 'Add it to the other salon anew.';
  end if;
  return new;
end;
$$;
revoke all on function private.protect_salon_id() from public, anon, authenticated;
comment on function private.protect_salon_id() is
  'Trigger: a member of two salons, or staff who sign up one of their own, cannot carry the '
  'clients of one over to the other.';

create or replace trigger protect_salon_id
  before update of salon_id on public.clients
  for each row execute function private.protect_salon_id();
create or replace trigger protect_salon_id
  before update of salon_id on public.pets
  for each row execute function private.protect_salon_id();
