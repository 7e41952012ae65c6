-- Called by the command that registers webhooks.

create function public.set_calcom_api_key(p_salon_id uuid, p_api_key text)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.require_salon(p_salon_id);
  perform private.set_salon_secret('calcom_api_key', p_salon_id, nullif(trim(p_api_key), ''));
end;
$$;
revoke all on function public.set_calcom_api_key(uuid, text) from public, anon, authenticated;
grant execute on function public.set_calcom_api_key(uuid, text) to service_role;
comment on function public.set_calcom_api_key(uuid, text) is
  'Stores a salon''s key to Cal.com''s API in Vault; a blank key deletes it. Raises P0002 if the '
  'salon does not exist. Security definer, because no API role may write to Vault.';
