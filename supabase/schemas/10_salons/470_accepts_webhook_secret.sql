-- Called by upsert_salon_delivery.

create function private.accepts_webhook_secret(salon uuid, secret_hash text)
returns boolean
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
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
  'webhook at this moment. Security definer, because no API role may read Vault.';
