-- Trigger function of every table with updated_at. The triggers are defined beside their tables.

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
comment on function private.set_updated_at() is 'Trigger: sets updated_at.';
