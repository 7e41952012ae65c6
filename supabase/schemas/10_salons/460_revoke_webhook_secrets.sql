-- Called by the command that registers webhooks when a secret leaked.

create function public.revoke_webhook_secrets(p_salon_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.require_salon(p_salon_id);
  perform pg_advisory_xact_lock(private.lock_key('webhook secret', p_salon_id::text));
  perform private.set_salon_secret('previous_webhook_secret', p_salon_id, null);
  perform private.set_salon_secret('webhook_secret', p_salon_id, null);
end;
$$;
revoke all on function public.revoke_webhook_secrets(uuid) from public, anon, authenticated;
grant execute on function public.revoke_webhook_secrets(uuid) to service_role;
comment on function public.revoke_webhook_secrets(uuid) is
  'Ends all secrets of the salon''s webhook at once, previous ones included. Waits for deliveries '
  'that are being applied: none is applied after it returned, until there is a new secret. Raises P0002 if the salon does not exist. Security definer, '
  'because no API role may write to Vault.';
