-- Called by private.sms_lease_messages and private.sms_start_attempt.

create function private.client_link_token(message uuid)
returns text
language plpgsql
security definer
set search_path = ''
as $$
declare
  secret_name constant text := 'barkbook_client_link_secret';
  -- Letters and digits that nobody confuses. Their number divides 256, so each is equally likely.
  alphabet constant text := 'abcdefghijkmnpqrstuvwxyz23456789';
  secret text;
  digest bytea;
begin
  select s.decrypted_secret into secret
  from vault.decrypted_secrets s where s.name = secret_name;
  if secret is null then
    -- Of two first runs at once, the second one uses the secret of the first.
    perform pg_advisory_xact_lock(private.lock_key('secret', secret_name));
    select s.decrypted_secret into secret
    from vault.decrypted_secrets s where s.name = secret_name;
  end if;
  if secret is null then
    -- Twice 122 random bits, without an extension.
    secret := replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '');
    perform private.set_vault_secret(secret_name, secret);
  end if;
  -- No HMAC is needed, since the id has a fixed length and most of the digest stays secret.
  digest := sha256(convert_to(secret || message, 'UTF8'));
  return (
    select string_agg(substr(alphabet, 1 + get_byte(digest, i) % length(alphabet), 1), '' order by i)
    from generate_series(0, 11) as i
  );
end;
$$;
revoke all on function private.client_link_token(uuid) from public, anon, authenticated;
grant execute on function private.client_link_token(uuid) to sms_worker;
comment on function private.client_link_token(uuid) is
  'The token of the link in a message: 60 bits in 12 characters. Derived from the message and a '
  'secret in Vault, so that a repeated message has the same text, although the token is not stored. '
  'Makes the secret if there is none. Security definer, because the reminder job may not read Vault.';
