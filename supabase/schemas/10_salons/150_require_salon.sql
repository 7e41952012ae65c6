-- Called by functions that take the id of a salon.

create function private.require_salon(salon uuid)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if not exists (select from public.salons s where s.id = salon) then
    raise exception 'There is no salon %', salon
      using errcode = 'no_data_found', hint = 'Look up the id in the table salons.';
  end if;
end;
$$;
revoke all on function private.require_salon(uuid) from public, anon, authenticated;
comment on function private.require_salon(uuid) is 'Raises P0002 if the salon does not exist.';
