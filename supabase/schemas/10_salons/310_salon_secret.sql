-- Reads a secret of a salon from Vault.

create function private.salon_secret(kind text, salon uuid)
returns text
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select nullif(trim(s.decrypted_secret), '')
    from vault.decrypted_secrets s where s.name = private.salon_secret_name(kind, salon)
  );
end;
$$;
revoke all on function private.salon_secret(text, uuid) from public, anon, authenticated;
comment on function private.salon_secret(text, uuid) is
  'A secret of a salon, null if it has none. For kind see private.salon_secret_name.';
