-- Called by health_report.

create function private.scheduler_report(
  out missing_jobs integer, out failing_jobs integer, out ran_at timestamptz
)
language plpgsql
stable
set search_path = ''
as $$
begin
  failing_jobs := 0;
  select count(*) into missing_jobs from private.scheduled_jobs();
  if to_regclass('cron.job') is null then
    return;
  end if;
  select count(*) into missing_jobs from private.scheduled_jobs() n
  where not exists (select from cron.job j where j.jobname = n.jobname);
  select count(*) filter (where r.status = 'failed'),
    coalesce(max(r.start_time), private.scheduled_at())
  into failing_jobs, ran_at
  from cron.job j
  left join (
    select distinct on (d.jobid) d.jobid, d.status, d.start_time
    from (
      -- By the primary key, the only index of this table. Our jobs run about 3,600 times a day
      -- together, and one of them only once.
      select l.* from cron.job_run_details l order by l.runid desc limit 5000
    ) d
    where d.status in ('succeeded', 'failed')
    order by d.jobid, d.runid desc
  ) r on r.jobid = j.jobid
  where j.active and j.jobname in (select n.jobname from private.scheduled_jobs() n);
end;
$$;
revoke all on function private.scheduler_report() from public, anon, authenticated;
comment on function private.scheduler_report() is
  'How many of our jobs pg_cron lacks (all without pg_cron), how many failed in their last run, and '
  'when one last ran; when they were scheduled, if none ever ran. A job that is switched off is '
  'neither missing nor failing.';
