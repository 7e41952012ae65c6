-- A webhook secret for each salon, and how one takes the place of another without a gap.
-- Objects: private.previous_webhook_secrets, private.keep_webhook_secret,
-- private.require_salon; public.webhook_secrets, public.stage_webhook_secret,
-- public.confirm_webhook_secret, public.retire_webhook_secret.
-- Destructive: no. Undo: drop these functions; delete from vault.secrets where name like
-- 'barkbook_%webhook_secret:%'.

create function private.require_salon(salon uuid)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if not exists (select from public.salons s where s.id = salon) then
    raise exception 'There is no salon %', salon
      using errcode = 'no_data_found', hint = 'Look its id up in the table salons.';
  end if;
end;
$$;
revoke all on function private.require_salon(uuid) from public, anon, authenticated;
comment on function private.require_salon(uuid) is 'Raises P0002 when there is no such salon.';

create function private.previous_webhook_secrets(salon uuid)
returns table (secret text, honoured_until timestamptz)
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  select split_part(l.line, ' ', 2), split_part(l.line, ' ', 1)::timestamptz
  from unnest(string_to_array(
    private.salon_secret('previous_webhook_secret', salon), E'\n')) as l (line)
  where split_part(l.line, ' ', 1)::timestamptz > now();
end;
$$;
revoke all on function private.previous_webhook_secrets(uuid) from public, anon, authenticated;
comment on function private.previous_webhook_secrets(uuid) is
  'The secrets a salon''s webhook had before and that are still honoured. In Vault they are lines '
  'of a time and a secret. Honoured until infinity: Cal.com has not yet confirmed the one after it.';

create function private.keep_webhook_secret(salon uuid, secret text, honoured_until timestamptz)
returns void
language plpgsql
set search_path = ''
as $$
declare
  lines text[];
begin
  lines := array(
    select concat_ws(' ',
      to_jsonb(least(p.honoured_until, keep_webhook_secret.honoured_until)) #>> '{}', p.secret)
    from private.previous_webhook_secrets(salon) p
  );
  if secret is not null then
    lines := lines || concat_ws(' ', to_jsonb(honoured_until) #>> '{}', secret);
  end if;
  perform private.set_salon_secret(
    'previous_webhook_secret', salon, nullif(array_to_string(lines, E'\n'), ''));
end;
$$;
revoke all on function private.keep_webhook_secret(uuid, text, timestamptz)
  from public, anon, authenticated;
comment on function private.keep_webhook_secret(uuid, text, timestamptz) is
  'Adds a secret, if there is one, to those that were before; none of them is honoured any longer '
  'than this one.';

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
      order by p.honoured_until desc
    ), null);
end;
$$;
revoke all on function public.webhook_secrets(uuid) from public, anon, authenticated;
grant execute on function public.webhook_secrets(uuid) to service_role;
comment on function public.webhook_secrets(uuid) is
  'The secrets with which a delivery of a salon''s own webhook may be signed, the newest first; '
  'empty if it has none, or is no salon. Called by functions/calcom-webhook. Security definer, '
  'because no role of the API may read Vault.';

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
    where p.honoured_until = 'infinity'
  ) then
    return current_secret;
  end if;
  if current_secret is not null then
    perform private.keep_webhook_secret(p_salon_id, current_secret, 'infinity');
  end if;
  perform private.set_salon_secret('webhook_secret', p_salon_id, p_secret);
  return p_secret;
end;
$$;
revoke all on function public.stage_webhook_secret(uuid, text) from public, anon, authenticated;
grant execute on function public.stage_webhook_secret(uuid, text) to service_role;
comment on function public.stage_webhook_secret(uuid, text) is
  'Gives a salon''s webhook a new secret beside the one before, which is honoured until the new one '
  'is confirmed. Returns the secret to set in Cal.com: that of an earlier change if that was never '
  'confirmed, since Cal.com may have it already. Raises P0002 when there is no such salon. Security '
  'definer, because no role of the API may write Vault.';

create function public.confirm_webhook_secret(p_salon_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('webhook secret ' || p_salon_id, 0));
  perform private.keep_webhook_secret(p_salon_id, null, now() + interval '24 hours');
end;
$$;
revoke all on function public.confirm_webhook_secret(uuid) from public, anon, authenticated;
grant execute on function public.confirm_webhook_secret(uuid) to service_role;
comment on function public.confirm_webhook_secret(uuid) is
  'Cal.com signs with the new secret of a salon: the one before is honoured for 24 hours more, for '
  'what is on its way. Security definer, because no role of the API may write Vault.';

create function public.retire_webhook_secret(p_salon_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('webhook secret ' || p_salon_id, 0));
  perform private.keep_webhook_secret(
    p_salon_id, private.salon_secret('webhook_secret', p_salon_id), now() + interval '24 hours');
  perform private.set_salon_secret('webhook_secret', p_salon_id, null);
end;
$$;
revoke all on function public.retire_webhook_secret(uuid) from public, anon, authenticated;
grant execute on function public.retire_webhook_secret(uuid) to service_role;
comment on function public.retire_webhook_secret(uuid) is
  'The webhook of a salon is gone from Cal.com: its secrets are honoured for 24 hours more, for what '
  'is on its way. Security definer, because no role of the API may write Vault.';
