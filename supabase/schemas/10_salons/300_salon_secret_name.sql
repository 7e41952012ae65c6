-- Called by the functions below and by public.calcom_sync_claim: one place decides how secrets of a
-- salon are named in Vault.

create function private.salon_secret_name(kind text, salon uuid)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return 'barkbook_' || kind || ':' || salon;
end;
$$;
revoke all on function private.salon_secret_name(text, uuid) from public, anon, authenticated;
comment on function private.salon_secret_name(text, uuid) is
  'The name in Vault of a secret of one salon. kind: calcom_api_key, webhook_secret or '
  'previous_webhook_secret.';
