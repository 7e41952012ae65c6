-- Called by add_client_from_booking.

create function private.pet_for_booking(salon uuid, client uuid, pet_name text)
returns uuid
language plpgsql
set search_path = ''
as $$
declare
  pet uuid;
begin
  if pet_name is null then
    return private.find_pet(salon, client, '[]', false);
  end if;
  select p.id into pet
  from public.client_pets cp join public.pets p on p.id = cp.pet_id
  where cp.client_id = client and lower(trim(p.name)) = lower(pet_name)
  limit 1;
  if pet is null then
    insert into public.pets (salon_id, name) values (salon, pet_name) returning id into pet;
    insert into public.client_pets (client_id, pet_id) values (client, pet);
  end if;
  return pet;
end;
$$;
revoke all on function private.pet_for_booking(uuid, uuid, text) from public, anon, authenticated;
comment on function private.pet_for_booking(uuid, uuid, text) is
  'The pet of the client with this name, which is added if the client has none; without a name the '
  'only pet of the client, or null.';
