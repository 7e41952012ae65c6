-- Called by functions/calcom-sync and by the command that registers webhooks.

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
  'The salon''s key to Cal.com''s API, with which its bookings are read and its webhook is '
  'registered; null if it has none. Security definer, because Supabase decides what service_role '
  'may read in Vault.';
