-- Second step of a rotation. Called by the command that registers webhooks.

create function public.confirm_webhook_secret(p_salon_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('webhook secret ' || p_salon_id, 0));
  perform private.retain_webhook_secret(p_salon_id, null, now() + interval '24 hours');
end;
$$;
revoke all on function public.confirm_webhook_secret(uuid) from public, anon, authenticated;
grant execute on function public.confirm_webhook_secret(uuid) to service_role;
comment on function public.confirm_webhook_secret(uuid) is
  'Cal.com signs with the new secret of a salon: the one before is honoured for 24 hours more, for '
  'what is on its way. Security definer, because no role of the API may write Vault.';
