-- Deleting a client is erasing them. Triggers on clients.

create function private.lock_own_salons()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.lock_salon(s.id)
  from (select unnest(private.salon_ids()) as id order by 1) s;
  return null;
end;
$$;
revoke all on function private.lock_own_salons() from public, anon, authenticated;
comment on function private.lock_own_salons() is
  'Trigger: locks the salons of a member who deletes clients before their rows are locked, as a '
  'delivery does. Otherwise the two could deadlock. Security definer, because members cannot lock '
  'a salon otherwise.';

create function private.erase_deleted_client()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  -- The salon itself is being deleted, with everything of the client, or there never was one.
  if not exists (select from public.salons s where s.id = old.salon_id) then
    return old;
  end if;
  -- Waits for the deliveries of the salon that are being applied, and blocks later ones. No
  -- reminder can be planned for a client whose row is locked.
  perform private.lock_salon(old.salon_id);
  perform private.erase_client_data(old);
  -- Well before the Data API ends the request, and for all clients of the statement together. The
  -- job continues from there.
  while clock_timestamp() < statement_timestamp() + interval '2 seconds' loop
    exit when not private.continue_erasure(old.id);
  end loop;
  return old;
end;
$$;
revoke all on function private.erase_deleted_client() from public, anon, authenticated;
comment on function private.erase_deleted_client() is
  'Trigger: erases a client who is deleted, whoever deletes them. What an index finds is erased at '
  'once; the search of the other deliveries ends after two seconds and is continued by '
  'private.continue_erasures. Security definer, because members may not otherwise write the '
  'calendar.';

create trigger lock_own_salons
  before delete on public.clients
  for each statement when (current_user = 'authenticated')
  execute function private.lock_own_salons();
create trigger erase_deleted_client
  before delete on public.clients
  for each row execute function private.erase_deleted_client();
