-- Called by private.call_function, which needs both secrets of the schedules.

create function private.vault_secret(secret_name text)
returns text
language plpgsql
stable
set search_path = ''
as $$
declare
  value text;
begin
  select s.decrypted_secret into value from vault.decrypted_secrets s where s.name = secret_name;
  if coalesce(trim(value), '') = '' then
    raise exception 'The secret % is missing or empty in Vault', secret_name
      using errcode = 'no_data_found',
        hint = 'select private.setup_schedules(''https://<ref>.supabase.co/functions/v1'');';
  end if;
  return value;
end;
$$;
revoke all on function private.vault_secret(text) from public, anon, authenticated;
comment on function private.vault_secret(text) is
  'A secret of the schedules from Supabase Vault. Raises P0002 if it is missing or empty.';
