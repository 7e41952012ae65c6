-- Called by functions/calcom-webhook before it verifies a signature.

create function public.webhook_secrets(p_salon_id uuid)
returns text[]
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return array_remove(
    private.salon_secret('webhook_secret', p_salon_id) || array(
      select p.secret from private.previous_webhook_secrets(p_salon_id) p
      order by p.valid_until desc
    ), null);
end;
$$;
revoke all on function public.webhook_secrets(uuid) from public, anon, authenticated;
grant execute on function public.webhook_secrets(uuid) to service_role;
comment on function public.webhook_secrets(uuid) is
  'The secrets that may sign a delivery of the salon''s own webhook, newest first; empty if it has '
  'none or does not exist. Called by functions/calcom-webhook. Security definer, because '
  'Supabase decides what service_role may read in Vault.';
