-- Deleting a client is erasing them. Trigger on clients.

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
    exit when not private.continue_erasure(old.salon_id, old.id);
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

create trigger erase_deleted_client
  before delete on public.clients
  for each row execute function private.erase_deleted_client();
