-- Called by the client library, shared/calendar/salons.ts.

create function public.search_pets(
  p_text text, p_salon_id uuid default null, p_limit integer default 20
)
returns setof public.pets
language plpgsql
stable
security definer
rows 20
set search_path = ''
as $$
declare
  sought record := private.search_patterns(p_text);
  salons uuid[] := private.salons_to_search(p_salon_id);
begin
  if sought.texts = '{}' then
    return;
  end if;
  return query
  select p.*
  from public.pets p
  left join (
    select cp.pet_id, string_agg(concat_ws(' ', c.name, c.surname), ' ') as names,
      string_agg(translate(c.phone_number, ' -+()./', ''), ' ') as phones
    from public.clients c
    join public.client_pets cp on cp.client_id = c.id
    where c.salon_id = any (salons)
    group by cp.pet_id
  ) owners on owners.pet_id = p.id
  where p.salon_id = any (salons)
    and (concat_ws(' ', p.name, owners.names) ~* all (sought.texts)
      or owners.phones like any (sought.phones))
  order by p.name, p.id
  limit least(greatest(p_limit, 0), 100);
end;
$$;
revoke all on function public.search_pets(text, uuid, integer)
  from public, anon, authenticated, service_role;
grant execute on function public.search_pets(text, uuid, integer) to authenticated;
comment on function public.search_pets(text, uuid, integer) is
  'The pets whose name and owners contain every word, in any case and without regard to '
  'diacritics, or one of whose owners has the phone number, however it is written; by name, at '
  'most p_limit (100). Reads all pets of the salon, or of all salons of the member. Security '
  'definer, because policies would be checked for every pet and client.';
