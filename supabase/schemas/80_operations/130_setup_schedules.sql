-- Schedules every job. Called by the command that deploys.

create function private.setup_schedules(p_functions_url text default null)
returns text
language plpgsql
set search_path = ''
as $$
declare
  functions_url text := rtrim(trim(p_functions_url), '/');
begin
  if to_regclass('cron.job') is null or to_regnamespace('net') is null then
    raise exception 'pg_cron or pg_net is not installed'
      using errcode = 'undefined_object',
        hint = 'Enable both under Integrations in the dashboard of the project.';
  end if;
  if functions_url !~ '^https?://[^\s?#/]+[^\s?#]*$' then
    raise exception '"%" is not the address of the functions', p_functions_url
      using errcode = 'invalid_parameter_value',
        hint = 'Pass https://<ref>.supabase.co/functions/v1.';
  elsif functions_url is not null then
    perform private.set_vault_secret('barkbook_functions_url', functions_url);
  end if;
  functions_url := private.vault_secret('barkbook_functions_url');
  perform private.set_vault_secret(
    'barkbook_worker_secret',
    -- Twice 122 random bits, without an extension.
    replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''));
  -- A job of the same name is replaced.
  perform cron.schedule(j.jobname, j.schedule, j.command) from private.scheduled_jobs() j;
  return format('%s jobs are scheduled. They call the functions at %s with a new secret.',
    (select count(*) from private.scheduled_jobs()), functions_url);
end;
$$;
revoke all on function private.setup_schedules(text) from public, anon, authenticated;
comment on function private.setup_schedules(text) is
  'Run as postgres after each deployment: schedules all jobs, or updates them, and makes a new '
  'worker secret, which replaces the previous one within a minute. The address of the functions '
  '(https://<ref>.supabase.co/functions/v1) is kept in Vault, so that it is needed the first time '
  'only. Requires pg_cron and pg_net. Raises 42704 without them, 22023 for an invalid address and '
  'P0002 if there is none.';
