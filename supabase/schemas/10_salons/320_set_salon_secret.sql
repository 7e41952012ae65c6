-- Writes a secret of a salon to Vault.

create function private.set_salon_secret(kind text, salon uuid, secret text)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform private.set_vault_secret(private.salon_secret_name(kind, salon), secret);
end;
$$;
revoke all on function private.set_salon_secret(text, uuid, text)
  from public, anon, authenticated;
comment on function private.set_salon_secret(text, uuid, text) is
  'Stores a secret of a salon in Vault, replacing the previous one; null deletes it. For kind see '
  'private.salon_secret_name.';
