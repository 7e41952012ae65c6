-- Secrets that each salon has of its own, kept in Supabase Vault.
-- Objects: private.salon_secret_name, private.salon_secret, private.set_salon_secret,
-- private.forget_salon_secrets with its trigger; public.calcom_api_key, public.set_calcom_api_key.
-- Destructive: no. Undo: drop these functions; delete from vault.secrets where name like
-- 'barkbook_%:%'.

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
  'A secret of one salon, null if it has none. For kind see private.salon_secret_name.';

create function private.set_salon_secret(kind text, salon uuid, secret text)
returns void
language plpgsql
set search_path = ''
as $$
declare
  secret_id uuid;
begin
  -- Two who set the first secret at once would both find none.
  perform pg_advisory_xact_lock(
    hashtextextended('secret ' || private.salon_secret_name(kind, salon), 0));
  select s.id into secret_id
  from vault.decrypted_secrets s where s.name = private.salon_secret_name(kind, salon);
  if secret is null then
    delete from vault.secrets s where s.id = secret_id;
  elsif secret_id is null then
    perform vault.create_secret(
      new_secret => secret, new_name => private.salon_secret_name(kind, salon));
  else
    perform vault.update_secret(secret_id => secret_id, new_secret => secret);
  end if;
end;
$$;
revoke all on function private.set_salon_secret(text, uuid, text)
  from public, anon, authenticated;
comment on function private.set_salon_secret(text, uuid, text) is
  'Keeps a secret of one salon in Vault, in place of the one before; null takes it away. For kind '
  'see private.salon_secret_name.';

create function private.forget_salon_secrets()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  delete from vault.secrets s where s.name like 'barkbook_%:' || old.id;
  return null;
end;
$$;
revoke all on function private.forget_salon_secrets() from public, anon, authenticated;
comment on function private.forget_salon_secrets() is
  'Trigger: a salon that leaves takes its secrets with it. Security definer, because whoever may '
  'delete a salon need not have a right to Vault.';
create trigger forget_salon_secrets
  after delete on public.salons
  for each row execute function private.forget_salon_secrets();

create function public.calcom_api_key(p_salon_id uuid)
returns text
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return private.salon_secret('calcom_api_key', p_salon_id);
end;
$$;
revoke all on function public.calcom_api_key(uuid) from public, anon, authenticated;
grant execute on function public.calcom_api_key(uuid) to service_role;
comment on function public.calcom_api_key(uuid) is
  'The key to Cal.com''s API with which a salon''s bookings are read and its webhook is kept, null '
  'if there is none. Security definer, because no role of the API may read Vault.';

create function public.set_calcom_api_key(p_salon_id uuid, p_api_key text)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  if not exists (select from public.salons s where s.id = p_salon_id) then
    raise exception 'There is no salon %', p_salon_id
      using errcode = 'no_data_found', hint = 'Look its id up in the table salons.';
  end if;
  perform private.set_salon_secret('calcom_api_key', p_salon_id, nullif(trim(p_api_key), ''));
end;
$$;
revoke all on function public.set_calcom_api_key(uuid, text) from public, anon, authenticated;
grant execute on function public.set_calcom_api_key(uuid, text) to service_role;
comment on function public.set_calcom_api_key(uuid, text) is
  'Keeps a salon''s key to Cal.com''s API in Vault; a blank one takes it away. Raises P0002 when '
  'there is no such salon. Security definer, because no role of the API may write Vault.';
