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
    raise exception 'A webhook secret must have 32 to 200 characters and no spaces'
      using errcode = 'invalid_parameter_value';
  end if;
  -- Two concurrent registrations would each replace the other's secret before Cal.com has one.
  perform pg_advisory_xact_lock(private.lock_key('webhook secret', p_salon_id::text));
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
  'Starts a rotation: gives the salon''s webhook a new secret, while the previous one stays valid '
  'until the new one is confirmed. Returns the secret to set in Cal.com: that of an earlier, '
  'unconfirmed rotation if there is one, because Cal.com may already have it. Raises P0002 if the '
  'salon does not exist. Security definer, because no API role may write to Vault.';
