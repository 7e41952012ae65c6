-- Writes a secret to Vault. Called by the functions that set a salon's secret or the schedules'.

create function private.set_vault_secret(secret_name text, secret text)
returns void
language plpgsql
set search_path = ''
as $$
declare
  secret_id uuid;
begin
  -- Two concurrent calls that set the first secret would both insert.
  perform pg_advisory_xact_lock(private.lock_key('secret', secret_name));
  select s.id into secret_id from vault.secrets s where s.name = secret_name;
  if secret is null then
    delete from vault.secrets s where s.id = secret_id;
  elsif secret_id is null then
    perform vault.create_secret(new_secret => secret, new_name => secret_name);
  else
    perform vault.update_secret(secret_id => secret_id, new_secret => secret);
  end if;
end;
$$;
revoke all on function private.set_vault_secret(text, text) from public, anon, authenticated;
comment on function private.set_vault_secret(text, text) is
  'Stores a secret in Supabase Vault, replacing the one of that name; null deletes it.';
