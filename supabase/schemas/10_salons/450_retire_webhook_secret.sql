-- Called by the command that registers webhooks when it removes one.

create function public.retire_webhook_secret(p_salon_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform pg_advisory_xact_lock(private.lock_key('webhook secret', p_salon_id::text));
  perform private.retain_webhook_secret(
    p_salon_id, private.salon_secret('webhook_secret', p_salon_id), now() + interval '24 hours');
  perform private.set_salon_secret('webhook_secret', p_salon_id, null);
end;
$$;
revoke all on function public.retire_webhook_secret(uuid) from public, anon, authenticated;
grant execute on function public.retire_webhook_secret(uuid) to service_role;
comment on function public.retire_webhook_secret(uuid) is
  'Retires the secrets of a webhook that was removed from Cal.com: they stay valid for another 24 '
  'hours, for deliveries on their way. Security definer, because no API role may write to Vault.';
