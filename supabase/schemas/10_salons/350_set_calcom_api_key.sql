-- Called by the command that registers webhooks.

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
