-- Called by health_report.

create function private.scheduler_report(
  out jobs integer, out failing_jobs integer, out ran_at timestamptz
)
language plpgsql
stable
set search_path = ''
as $$
begin
  jobs := 0;
  failing_jobs := 0;
  if to_regclass('cron.job') is null then
    return;
  end if;
  select count(*), count(*) filter (where r.status = 'failed'), max(r.start_time)
  into jobs, failing_jobs, ran_at
  from cron.job j
  left join (
    select distinct on (d.jobid) d.jobid, d.status, d.start_time
    from (
      -- By the primary key, the only index of this table. Our jobs run about 3,300 times a day
      -- together, and one of them only once.
      select l.* from cron.job_run_details l order by l.runid desc limit 5000
    ) d
    where d.status in ('succeeded', 'failed')
    order by d.jobid, d.runid desc
  ) r on r.jobid = j.jobid
  where j.active and j.jobname like 'barkbook\_%';
end;
$$;
revoke all on function private.scheduler_report() from public, anon, authenticated;
comment on function private.scheduler_report() is
  'How many of our jobs pg_cron has, how many of them failed in their last run, and when any of '
  'them last ran. No jobs without pg_cron.';
