-- Deletes old entries of pg_cron's own log. Called by pg_cron.

create function private.trim_job_history()
returns void
language plpgsql
set search_path = ''
as $$
begin
  delete from cron.job_run_details d
  where coalesce(d.end_time, d.start_time) < now() - case
    when d.status = 'succeeded'
      and d.jobid in (select j.jobid from cron.job j where j.jobname = 'barkbook_retry')
      then interval '1 day'
    else interval '7 days'
  end;
end;
$$;
revoke all on function private.trim_job_history() from public, anon, authenticated;
comment on function private.trim_job_history() is
  'Called by pg_cron, which never cleans up its log: deletes entries after a week, and successful '
  'runs of the job that runs every minute after a day.';
