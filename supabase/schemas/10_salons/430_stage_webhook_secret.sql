-- First step of a rotation. Called by the command that registers webhooks.

create function public.stage_webhook_secret(p_salon_id uuid, p_secret text)
returns text
language plpgsql
security definer
set search_path = ''
as $$
declare
  current_secret text;
begin
  perform private.require_salon(p_salon_id);
  if p_secret is null or p_secret !~ '^[[:graph:]]{32,200}$' then
    raise exception 'A webhook secret is 32 to 200 characters without a space'
      using errcode = 'invalid_parameter_value';
  end if;
  -- Two who register at once would each take the other's secret away before Cal.com has one.
  perform pg_advisory_xact_lock(hashtextextended('webhook secret ' || p_salon_id, 0));
  current_secret := private.salon_secret('webhook_secret', p_salon_id);
  if exists (
    select from private.previous_webhook_secrets(p_salon_id) p
    where p.valid_until = 'infinity'
  ) then
    return current_secret;
  end if;
  if current_secret is not null then
    perform private.retain_webhook_secret(p_salon_id, current_secret, 'infinity');
  end if;
  perform private.set_salon_secret('webhook_secret', p_salon_id, p_secret);
  return p_secret;
end;
$$;
revoke all on function public.stage_webhook_secret(uuid, text) from public, anon, authenticated;
grant execute on function public.stage_webhook_secret(uuid, text) to service_role;
comment on function public.stage_webhook_secret(uuid, text) is
  'Gives a salon''s webhook a new secret beside the one before, which is honoured until the new '
  'one '
  'is confirmed. Returns the secret to set in Cal.com: that of an earlier change if that was never '
  'confirmed, since Cal.com may have it already. Raises P0002 when there is no such salon. '
  'Security '
  'definer, because no role of the API may write Vault.';
