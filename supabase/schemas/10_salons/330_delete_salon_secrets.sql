-- Deletes the secrets of a deleted salon. Trigger on salons.

create function private.delete_salon_secrets()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  delete from vault.secrets s where s.name like 'barkbook_%:' || old.id;
  return null;
end;
$$;
revoke all on function private.delete_salon_secrets() from public, anon, authenticated;
comment on function private.delete_salon_secrets() is
  'Trigger: deletes the secrets of a deleted salon. Security definer, because a user who may '
  'delete a salon need not have access to Vault.';

create trigger delete_salon_secrets
  after delete on public.salons
  for each row execute function private.delete_salon_secrets();
