-- Called by search_pets and search_clients.

create function private.salons_to_search(salon uuid)
returns uuid[]
language plpgsql
stable
set search_path = ''
as $$
begin
  return array(
    select mine.id from unnest(private.salon_ids()) as mine (id)
    where salon is null or mine.id = salon);
end;
$$;
revoke all on function private.salons_to_search(uuid) from public, anon, authenticated;
comment on function private.salons_to_search(uuid) is
  'The salons of the signed-in user, or only the one that is asked for; none if it is not theirs.';
