-- Called for deliveries whose webhook does not determine the salon.

create function private.find_salon(booking jsonb)
returns uuid
language plpgsql
stable
set search_path = ''
as $$
declare
  salon uuid;
begin
  select s.id into salon from public.salons s
  where lower(s.cal_com_username) = lower(booking ->> 'organizerUsername');
  if salon is not null then
    return salon;
  end if;
  salon := coalesce(
    private.proven_salon(booking ->> 'uid'), private.proven_salon(booking ->> 'rescheduleUid'));
  if salon is null and booking ->> 'clientId' is not null then
    select c.salon_id into salon from public.clients c
    where c.id = (booking ->> 'clientId')::uuid;
  end if;
  if salon is null and booking ->> 'petId' is not null then
    select p.salon_id into salon from public.pets p where p.id = (booking ->> 'petId')::uuid;
  end if;
  return salon;
end;
$$;
revoke all on function private.find_salon(jsonb) from public, anon, authenticated;
grant execute on function private.find_salon(jsonb) to service_role;
comment on function private.find_salon(jsonb) is
  'The salon of a booking: by its host, else by the known booking, and only then by the metadata, '
  'which anyone can forge.';
