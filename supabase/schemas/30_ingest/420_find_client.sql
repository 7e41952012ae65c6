-- Called by private.fold_appointment.

create function private.find_client(
  salon uuid, booking jsonb, out client_id uuid, out link_source public.link_source
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
  -- Every seat inherits the metadata of the first booker, so here it must match the attendee.
  if claimed is not null then
    select c.id, 'metadata'::public.link_source into client_id, link_source
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
  'The client of the salon that a booking is for. Metadata comes from the URL of a public page, so '
  'it counts only within the salon; then phone, then e-mail, if exactly one client matches.';
