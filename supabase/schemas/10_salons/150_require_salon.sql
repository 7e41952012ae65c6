-- Called by functions that take the id of a salon and need one that exists.

create function private.require_salon(salon uuid)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if not exists (select from public.salons s where s.id = salon) then
    raise exception 'There is no salon %', salon
      using errcode = 'no_data_found', hint = 'Look its id up in the table salons.';
  end if;
end;
$$;
revoke all on function private.require_salon(uuid) from public, anon, authenticated;
comment on function private.require_salon(uuid) is 'Raises P0002 when there is no such salon.';
