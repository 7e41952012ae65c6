-- Defines how the secrets of a salon are named in Vault. Called by the functions below.

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
  'The name in Vault of a salon''s secret. kind: calcom_api_key, webhook_secret or '
  'previous_webhook_secret.';
