-- Schedules every job. Called by the command that deploys.

create function private.setup_schedules()
returns text
language plpgsql
set search_path = ''
as $setup$
begin
  if to_regclass('cron.job') is null or to_regnamespace('net') is null then
    raise exception 'pg_cron or pg_net is not installed'
      using errcode = 'undefined_object',
        hint = 'Enable both under Integrations in the dashboard of the project.';
  end if;
  perform private.vault_secret('barkbook_functions_url'), private.vault_secret('barkbook_cron_key');
  -- A job of the same name is replaced. Jobs that loop commit after each turn, so that nobody waits
  -- for a row or a salon longer than one turn.
  perform cron.schedule('barkbook_sms_reminders', '*/5 * * * *',
    $job$select private.call_function('sms-reminders')$job$);
  perform cron.schedule('barkbook_calcom_sync', '*/10 * * * *',
    $job$select private.call_function('calcom-sync')$job$);
  perform cron.schedule('barkbook_retry', '* * * * *',
    $job$do $$begin while private.retry_deliveries() > 0 loop commit; end loop; end$$$job$);
  perform cron.schedule('barkbook_erase', '* * * * *',
    $job$do $$declare salon uuid; begin
loop salon := private.continue_erasures(salon); exit when salon is null; commit; end loop;
end$$$job$);
  perform cron.schedule('barkbook_complete', '7 * * * *',
    $job$do $$begin
while private.complete_past_appointments() > 0 loop commit; end loop; end$$$job$);
  perform cron.schedule('barkbook_trim', '17 3 * * *',
    $job$do $$begin while private.trim_deliveries() > 0 loop commit; end loop;
perform private.trim_messages((select r.kept_days from private.retention r)),
  private.trim_job_history(); end$$$job$);
  return 'barkbook_sms_reminders runs every five minutes, barkbook_calcom_sync every ten, '
    'barkbook_retry and barkbook_erase every minute, barkbook_complete every hour, '
    'barkbook_trim every night';
end;
$setup$;
revoke all on function private.setup_schedules() from public, anon, authenticated;
comment on function private.setup_schedules() is
  'Run as postgres after each deployment: schedules all jobs, or updates them. Requires pg_cron '
  'and pg_net, and the Vault secrets barkbook_functions_url and barkbook_cron_key.';
