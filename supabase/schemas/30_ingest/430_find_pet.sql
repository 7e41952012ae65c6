-- Called by private.link_appointment.

create function private.find_pet(salon uuid, client uuid, claims jsonb, seated boolean)
returns uuid
language plpgsql
stable
set search_path = ''
as $$
declare
  claim uuid;
  pet uuid;
  pets uuid[];
begin
  for position in 0 .. jsonb_array_length(claims) - 1 loop
    claim := (claims -> position ->> 'pet')::uuid;
    continue when claim is null;
    select p.id into pet
    from public.pets p
    where p.id = claim and p.salon_id = salon
      and (exists (
          select from public.client_pets cp where cp.pet_id = p.id and cp.client_id = client)
        or not seated and (client is null
          or not exists (select from public.client_pets cp where cp.pet_id = p.id)));
    exit when found;
  end loop;
  if pet is null and client is not null then
    pets := array(
      select p.id from public.client_pets cp
      join public.pets p on p.id = cp.pet_id and p.salon_id = salon
      where cp.client_id = client limit 2);
    if cardinality(pets) = 1 then
      pet := pets[1];
    end if;
  end if;
  return pet;
end;
$$;
revoke all on function private.find_pet(uuid, uuid, jsonb, boolean)
  from public, anon, authenticated;
grant execute on function private.find_pet(uuid, uuid, jsonb, boolean) to service_role;
comment on function private.find_pet(uuid, uuid, jsonb, boolean) is
  'The pet that an appointment is for: the newest claim that is a pet of the salon and belongs to '
  'no other client, else the only pet of the client. claims: see private.with_claim.';
