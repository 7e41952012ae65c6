-- Called by upsert_salon_delivery.

create function private.accepts_webhook_secret(salon uuid, secret_hash text)
returns boolean
language plpgsql
security definer
set search_path = ''
as $$
begin
  -- Until the delivery is stored: whoever changes the secrets waits for it. The secrets are read
  -- after the lock, so a delivery that waited for a revocation sees it.
  perform pg_advisory_xact_lock_shared(private.lock_key('webhook secret', salon::text));
  return exists (
    select from unnest(public.webhook_secrets(salon)) as s (secret)
    where encode(sha256(convert_to(s.secret, 'UTF8')), 'hex') = secret_hash);
end;
$$;
revoke all on function private.accepts_webhook_secret(uuid, text)
  from public, anon, authenticated;
grant execute on function private.accepts_webhook_secret(uuid, text) to service_role;
comment on function private.accepts_webhook_secret(uuid, text) is
  'Whether a secret, given as the hexadecimal SHA-256, may sign deliveries of the salon''s own '
  'webhook, at this moment and until the end of the transaction. Security definer, because '
  'Supabase decides what service_role may read in Vault.';
