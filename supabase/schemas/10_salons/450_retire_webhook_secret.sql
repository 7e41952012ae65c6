-- Called by the command that registers webhooks when it removes one.

create function public.retire_webhook_secret(p_salon_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('webhook secret ' || p_salon_id, 0));
  perform private.retain_webhook_secret(
    p_salon_id, private.salon_secret('webhook_secret', p_salon_id), now() + interval '24 hours');
  perform private.set_salon_secret('webhook_secret', p_salon_id, null);
end;
$$;
revoke all on function public.retire_webhook_secret(uuid) from public, anon, authenticated;
grant execute on function public.retire_webhook_secret(uuid) to service_role;
comment on function public.retire_webhook_secret(uuid) is
  'The webhook of a salon is gone from Cal.com: its secrets are honoured for 24 hours more, for '
  'what '
  'is on its way. Security definer, because no role of the API may write Vault.';
