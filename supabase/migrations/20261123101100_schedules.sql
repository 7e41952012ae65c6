-- What runs by the clock.
-- Objects: private.vault_secret, private.call_function, private.trim_sms, private.trim_cron,
-- private.setup_schedules.
-- Destructive: the trimming, by design. Undo: select cron.unschedule(...) for the jobs named
-- barkbook_*, then drop the functions.

create function private.vault_secret(secret_name text)
returns text
language plpgsql
stable
set search_path = ''
as $$
declare
  value text;
begin
  select s.decrypted_secret into value from vault.decrypted_secrets s where s.name = secret_name;
  if coalesce(trim(value), '') = '' then
    raise exception 'The secret % is missing or empty in Vault', secret_name
      using errcode = 'no_data_found',
        hint = format('select vault.create_secret(''<value>'', %L);', secret_name);
  end if;
  return value;
end;
$$;
revoke all on function private.vault_secret(text) from public, anon, authenticated;
comment on function private.vault_secret(text) is
  'A secret of Supabase Vault. Raises when it is missing; an empty one counts as missing.';

create function private.call_function(function_name text)
returns bigint
language plpgsql
set search_path = ''
as $$
begin
  -- pg_net sends one batch at a time, so a slow call holds up all others: functions answer at
  -- once and work afterwards.
  return net.http_post(
    url => private.vault_secret('barkbook_functions_url') || '/' || function_name,
    headers => jsonb_build_object(
      'content-type', 'application/json',
      'apikey', private.vault_secret('barkbook_cron_key')),
    body => '{}'::jsonb,
    timeout_milliseconds => 5000
  );
end;
$$;
revoke all on function private.call_function(text) from public, anon, authenticated;
comment on function private.call_function(text) is
  'Called by pg_cron: wakes an Edge Function with the secret key named cron. The address of the '
  'functions (https://<ref>.supabase.co/functions/v1) and the key are read from Vault each time.';

create function private.trim_sms(kept_days integer default 90)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  trimmed integer;
begin
  update public.sms_messages m
  set body = null, phone = null, phone_number = null, lease_token = null, lease_until = null,
    -- Left behind by a job that was switched off.
    status = case when m.status in ('pending', 'leased', 'unknown') then 'dead' else m.status end
  where m.not_after < now() - make_interval(days => kept_days)
    and (m.body is not null or m.phone is not null or m.phone_number is not null);
  get diagnostics trimmed = row_count;
  delete from public.sms_runs r where r.started_at < now() - interval '30 days';
  return trimmed;
end;
$$;
revoke all on function private.trim_sms(integer) from public, anon, authenticated;
comment on function private.trim_sms(integer) is
  'Called by pg_cron: takes text and number out of messages whose visits are kept_days ago; what '
  'happened and when stays. Deletes old runs. Returns how many were emptied.';

create function private.trim_cron()
returns void
language plpgsql
set search_path = ''
as $$
begin
  delete from cron.job_run_details d
  where coalesce(d.end_time, d.start_time) < now() - interval '7 days';
end;
$$;
revoke all on function private.trim_cron() from public, anon, authenticated;
comment on function private.trim_cron() is
  'Called by pg_cron, which never cleans up after itself: deletes what it noted a week ago.';

create function private.setup_schedules()
returns text
language plpgsql
set search_path = ''
as $$
begin
  if to_regclass('cron.job') is null or to_regnamespace('net') is null then
    raise exception 'pg_cron or pg_net is not installed'
      using errcode = 'undefined_object',
        hint = 'Switch both on under Integrations in the dashboard of the project.';
  end if;
  perform private.vault_secret('barkbook_functions_url'), private.vault_secret('barkbook_cron_key');
  -- A job of the same name is replaced.
  perform cron.schedule('barkbook_sms_reminders', '*/5 * * * *',
    $job$select private.call_function('sms-reminders')$job$);
  perform cron.schedule('barkbook_trim', '17 3 * * *',
    $job$select private.trim_sms(), private.trim_cron()$job$);
  return 'barkbook_sms_reminders runs every five minutes, barkbook_trim every night';
end;
$$;
revoke all on function private.setup_schedules() from public, anon, authenticated;
comment on function private.setup_schedules() is
  'Run once after a deployment, as postgres: schedules all jobs, or brings them up to date. Needs '
  'pg_cron and pg_net, and in Vault barkbook_functions_url and barkbook_cron_key.';
