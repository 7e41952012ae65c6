-- Unschedules every job. Called by the command that uninstalls.

create function private.remove_schedules()
returns text
language plpgsql
set search_path = ''
as $$
declare
  job_id bigint;
  removed integer := 0;
begin
  if to_regclass('cron.job') is not null then
    for job_id in
      select c.jobid from cron.job c join private.scheduled_jobs() j on j.jobname = c.jobname
      -- Of another user's jobs, only that user can unschedule one.
      where c.username = current_user
    loop
      perform cron.unschedule(job_id);
      removed := removed + 1;
    end loop;
  end if;
  perform private.set_vault_secret('barkbook_functions_url', null),
    private.set_vault_secret('barkbook_worker_secret', null);
  return format('%s jobs are unscheduled. The worker secret is deleted.', removed);
end;
$$;
revoke all on function private.remove_schedules() from public, anon, authenticated;
comment on function private.remove_schedules() is
  'Run as postgres: undoes private.setup_schedules. Jobs and secrets of others stay.';
