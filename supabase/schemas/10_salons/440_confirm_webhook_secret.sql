-- Second step of a rotation. Called by the command that registers webhooks.

create function public.confirm_webhook_secret(p_salon_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform pg_advisory_xact_lock(private.lock_key('webhook secret', p_salon_id::text));
  perform private.retain_webhook_secret(p_salon_id, null, now() + interval '24 hours');
end;
$$;
revoke all on function public.confirm_webhook_secret(uuid) from public, anon, authenticated;
grant execute on function public.confirm_webhook_secret(uuid) to service_role;
comment on function public.confirm_webhook_secret(uuid) is
  'Ends a rotation once Cal.com signs with the new secret: the previous one stays valid for '
  'another 24 hours, for deliveries on their way. Security definer, because no API role may write '
  'to Vault.';
