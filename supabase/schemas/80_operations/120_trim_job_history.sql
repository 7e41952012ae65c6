-- Deletes old entries of pg_cron's log. Called by pg_cron.

create function private.trim_job_history()
returns void
language plpgsql
set search_path = ''
as $$
begin
  delete from cron.job_run_details d
  using cron.job j
  where j.jobid = d.jobid and j.jobname in (select n.jobname from private.scheduled_jobs() n)
    and coalesce(d.end_time, d.start_time) < now() - case
      when d.status = 'succeeded' and j.schedule = '* * * * *' then interval '1 day'
      else interval '7 days'
    end;
end;
$$;
revoke all on function private.trim_job_history() from public, anon, authenticated;
comment on function private.trim_job_history() is
  'Called by pg_cron, which never cleans up its log: deletes the entries of our jobs after a week, '
  'and successful runs of the jobs that run every minute after a day. Other jobs keep theirs.';
