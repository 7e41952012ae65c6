-- Who a booking is for.
-- Objects: private.is_same_person, private.names_attendee, private.find_client, private.find_pet.
-- Destructive: no. Undo: drop these functions.

create function private.is_same_person(email text, phone text, other_email text, other_phone text)
returns boolean
language plpgsql
immutable
set search_path = ''
as $$
begin
  -- A couple may share a phone, so it counts only where an e-mail is missing.
  return case
    when email is null or other_email is null
      then coalesce(private.e164(phone) = private.e164(other_phone), false)
    else email = other_email
  end;
end;
$$;
revoke all on function private.is_same_person(text, text, text, text)
  from public, anon, authenticated;
grant execute on function private.is_same_person(text, text, text, text) to service_role;
comment on function private.is_same_person(text, text, text, text) is
  'Whether two contacts that Cal.com names are one person.';

create function private.names_attendee(booking jsonb, email text, phone text)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  attendee jsonb;
begin
  for attendee in select jsonb_array_elements(booking -> 'attendees') loop
    if private.is_same_person(attendee ->> 'email', attendee ->> 'phone', email, phone) then
      return attendee;
    end if;
  end loop;
  return null;
end;
$$;
revoke all on function private.names_attendee(jsonb, text, text) from public, anon, authenticated;
grant execute on function private.names_attendee(jsonb, text, text) to service_role;
comment on function private.names_attendee(jsonb, text, text) is
  'The entry of a booking''s attendees that is this person, by e-mail or phone; null if none is.';

create function private.find_client(
  salon uuid, booking jsonb, out client_id uuid, out link_source text
)
language plpgsql
stable
set search_path = ''
as $$
declare
  claimed uuid := (booking ->> 'clientId')::uuid;
  booker_phone text := private.e164(booking ->> 'attendeePhone');
  booker_email text := booking ->> 'attendeeEmail';
  matches uuid[];
begin
  -- Every seat inherits the metadata of the first booker, so there it must fit the attendee.
  if claimed is not null then
    select c.id, 'metadata' into client_id, link_source
    from public.clients c
    where c.id = claimed and c.salon_id = salon
      and (not (booking ->> 'seated')::boolean
        or private.e164(c.phone_number) = booker_phone or lower(c.email) = booker_email);
  end if;
  if client_id is null and booker_phone is not null then
    matches := array(
      select c.id from public.clients c
      where c.salon_id = salon and private.e164(c.phone_number) = booker_phone limit 2);
    if cardinality(matches) = 1 then
      client_id := matches[1];
      link_source := 'phone';
    end if;
  end if;
  if client_id is null and booker_email is not null then
    matches := array(
      select c.id from public.clients c
      where c.salon_id = salon and lower(c.email) = booker_email limit 2);
    if cardinality(matches) = 1 then
      client_id := matches[1];
      link_source := 'email';
    end if;
  end if;
end;
$$;
revoke all on function private.find_client(uuid, jsonb) from public, anon, authenticated;
grant execute on function private.find_client(uuid, jsonb) to service_role;
comment on function private.find_client(uuid, jsonb) is
  'The salon''s client a booking is for. Metadata comes from the address line of a public page, '
  'so it is believed only within the salon; then phone, then e-mail, if exactly one client fits.';

create function private.find_pet(salon uuid, client uuid, claims uuid[], seated boolean)
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
  -- One by one: a query over an array would be planned anew at every call.
  foreach claim in array claims loop
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
revoke all on function private.find_pet(uuid, uuid, uuid[], boolean)
  from public, anon, authenticated;
grant execute on function private.find_pet(uuid, uuid, uuid[], boolean) to service_role;
comment on function private.find_pet(uuid, uuid, uuid[], boolean) is
  'The pet a visit is for: the first of the claims, which come newest first, that is a pet of the '
  'salon and of nobody but the client, else the only pet of the client.';
