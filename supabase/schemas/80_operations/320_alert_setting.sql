-- Called by whatever sends alerts.

create function private.alert_setting(setting text)
returns text
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select nullif(trim(s.decrypted_secret), '')
    from vault.decrypted_secrets s where s.name = 'barkbook_alert_' || setting
  );
end;
$$;
revoke all on function private.alert_setting(text) from public, anon, authenticated;
comment on function private.alert_setting(text) is
  'A setting of the alerts from Vault, null if it is not set: webhook_url, webhook_format, '
  'email_key, email_from, email_to, email_url.';
