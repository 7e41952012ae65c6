-- Called by private.link_appointment.

create function private.find_client(
  salon uuid, claims jsonb, seated boolean, out client_id uuid, out link_source public.link_source
)
language plpgsql
stable
set search_path = ''
as $$
declare
  claim jsonb;
  matches uuid[];
begin
  -- Every seat inherits the metadata of the first booker, so here it must match the attendee.
  for position in 0 .. jsonb_array_length(claims) - 1 loop
    claim := claims -> position;
    if claim ->> 'client' is not null then
      select c.id, 'metadata'::public.link_source into client_id, link_source
      from public.clients c
      where c.id = (claim ->> 'client')::uuid and c.salon_id = salon
        and (not seated or private.e164(c.phone_number) = claim ->> 'phone'
          or lower(c.email) = claim ->> 'email');
      if client_id is not null then
        return;
      end if;
    end if;
  end loop;
  for position in 0 .. jsonb_array_length(claims) - 1 loop
    claim := claims -> position;
    if claim ->> 'phone' is not null then
      matches := array(
        select c.id from public.clients c
        where c.salon_id = salon and private.e164(c.phone_number) = claim ->> 'phone' limit 2);
      link_source := 'phone';
    end if;
    if cardinality(matches) is distinct from 1 and claim ->> 'email' is not null then
      matches := array(
        select c.id from public.clients c
        where c.salon_id = salon and lower(c.email) = claim ->> 'email' limit 2);
      link_source := 'email';
    end if;
    if cardinality(matches) = 1 then
      client_id := matches[1];
      return;
    end if;
  end loop;
  link_source := null;
end;
$$;
revoke all on function private.find_client(uuid, jsonb, boolean)
  from public, anon, authenticated;
grant execute on function private.find_client(uuid, jsonb, boolean) to service_role;
comment on function private.find_client(uuid, jsonb, boolean) is
  'The client of the salon whom an appointment is for. Metadata comes from the URL of a public '
  'page, so it counts only within the salon. Without it, the only client with the same phone, '
  'then e-mail. claims: see private.with_claim.';
