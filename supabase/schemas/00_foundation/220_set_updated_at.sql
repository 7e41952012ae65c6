-- The trigger function of every table that has updated_at. Its triggers are beside their tables.

create function private.set_updated_at()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.updated_at := now();
  return new;
end;
$$;
revoke all on function private.set_updated_at() from public, anon, authenticated;
comment on function private.set_updated_at() is 'Trigger: stamps updated_at.';
