-- Called by the client library, shared/calendar/salons.ts.

create function public.search_clients(
  p_text text, p_salon_id uuid default null, p_limit integer default 20
)
returns setof public.clients
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
  select c.*
  from public.clients c
  left join (
    select cp.client_id, string_agg(p.name, ' ') as names
    from public.pets p
    join public.client_pets cp on cp.pet_id = p.id
    where p.salon_id = any (salons)
    group by cp.client_id
  ) pets on pets.client_id = c.id
  where c.salon_id = any (salons)
    and (concat_ws(' ', c.name, c.surname, pets.names) ~* all (sought.texts)
      or translate(c.phone_number, ' -+()./', '') like any (sought.phones))
  order by c.surname, c.name, c.id
  limit least(greatest(p_limit, 0), 100);
end;
$$;
revoke all on function public.search_clients(text, uuid, integer)
  from public, anon, authenticated, service_role;
grant execute on function public.search_clients(text, uuid, integer) to authenticated;
comment on function public.search_clients(text, uuid, integer) is
  'The clients whose name and pets contain every word, in any case and without regard to '
  'diacritics, or who have the phone number, however it is written; by surname, at most p_limit '
  '(100). Reads all clients of the salon, or of all salons of the member. Security definer, '
  'because policies would be checked for every pet and client.';
