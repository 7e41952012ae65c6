-- Writes a secret of a salon to Vault.

create function private.set_salon_secret(kind text, salon uuid, secret text)
returns void
language plpgsql
set search_path = ''
as $$
declare
  secret_id uuid;
begin
  -- Two concurrent calls that set the first secret would both insert.
  perform pg_advisory_xact_lock(
    hashtextextended('secret ' || private.salon_secret_name(kind, salon), 0));
  select s.id into secret_id
  from vault.decrypted_secrets s where s.name = private.salon_secret_name(kind, salon);
  if secret is null then
    delete from vault.secrets s where s.id = secret_id;
  elsif secret_id is null then
    perform vault.create_secret(
      new_secret => secret, new_name => private.salon_secret_name(kind, salon));
  else
    perform vault.update_secret(secret_id => secret_id, new_secret => secret);
  end if;
end;
$$;
revoke all on function private.set_salon_secret(text, uuid, text)
  from public, anon, authenticated;
comment on function private.set_salon_secret(text, uuid, text) is
  'Stores a secret of a salon in Vault, replacing the previous one; null deletes it. For kind see '
  'private.salon_secret_name.';
