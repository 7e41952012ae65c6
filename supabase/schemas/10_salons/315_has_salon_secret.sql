-- Called by calcom_sync_claim, once for each salon.

create function private.has_salon_secret(kind text, salon uuid)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  -- The encrypted table, because nothing has to be decrypted.
  return exists (
    select from vault.secrets s where s.name = private.salon_secret_name(kind, salon));
end;
$$;
revoke all on function private.has_salon_secret(text, uuid) from public, anon, authenticated;
comment on function private.has_salon_secret(text, uuid) is
  'Whether Vault has this secret of a salon. For kind see private.salon_secret_name.';
