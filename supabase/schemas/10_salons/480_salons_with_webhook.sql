-- Called by functions/calcom-webhook when a salon without a secret is named.

create function public.salons_with_webhook()
returns uuid[]
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return array(
    select distinct split_part(s.name, ':', 2)::uuid
    from vault.secrets s
    where s.name like 'barkbook_webhook_secret:%'
      or s.name like 'barkbook_previous_webhook_secret:%');
end;
$$;
revoke all on function public.salons_with_webhook() from public, anon, authenticated;
grant execute on function public.salons_with_webhook() to service_role;
comment on function public.salons_with_webhook() is
  'The salons whose own webhook has a secret. Called by functions/calcom-webhook, so that forged '
  'requests for made-up salons need no query each. Security definer, because no API role may read '
  'Vault.';
