-- Called by erase_client and export_client.

create function private.pets_only_of_client(client public.clients, appointments uuid[])
returns uuid[]
language plpgsql
stable
set search_path = ''
as $$
begin
  return array(
    select p.id from public.pets p
    where p.salon_id = client.salon_id
      and not exists (
        select from public.client_pets o where o.pet_id = p.id and o.client_id <> client.id)
      and (p.id in (select cp.pet_id from public.client_pets cp where cp.client_id = client.id)
        or p.id in (select e.pet_id from public.calendar_events e where e.id = any (appointments))
          and not exists (
            select from public.calendar_events e
            where e.pet_id = p.id and e.client_id <> client.id))
  );
end;
$$;
revoke all on function private.pets_only_of_client(public.clients, uuid[])
  from public, anon, authenticated;
comment on function private.pets_only_of_client(public.clients, uuid[]) is
  'The pets of this client and nobody else, including pets that are linked only through the '
  'client''s appointments.';
