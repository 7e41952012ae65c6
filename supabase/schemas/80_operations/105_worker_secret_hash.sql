-- Called by the functions that scheduled jobs start.

create function public.worker_secret_hash()
returns text
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return (
    select encode(sha256(convert_to(s.decrypted_secret, 'UTF8')), 'hex')
    from vault.decrypted_secrets s
    where s.name = 'barkbook_worker_secret' and trim(s.decrypted_secret) <> ''
  );
end;
$$;
revoke all on function public.worker_secret_hash() from public, anon, authenticated;
grant execute on function public.worker_secret_hash() to service_role;
comment on function public.worker_secret_hash() is
  'The SHA-256, in hex, of the secret that scheduled jobs call functions with; null before '
  'private.setup_schedules has made one. Security definer, because Supabase decides what '
  'service_role may read in Vault.';
