-- Called by private.wake_up_report.

create function private.first_job_run_since(job text, moment timestamptz)
returns timestamptz
language plpgsql
stable
set search_path = ''
as $$
begin
  if exists (select from cron.job j where j.jobname = job and not j.active) then
    return null;
  end if;
  return (
    select min(d.start_time)
    -- By the primary key, the only index of this table.
    from (select l.* from cron.job_run_details l order by l.runid desc limit 5000) d
    join cron.job j on j.jobid = d.jobid
    where j.active and j.jobname like 'barkbook\_%'
      and d.start_time > coalesce(moment, '-infinity')
  );
end;
$$;
revoke all on function private.first_job_run_since(text, timestamptz)
  from public, anon, authenticated;
comment on function private.first_job_run_since(text, timestamptz) is
  'When any of our jobs first ran after a moment; null if none did, or if the given job was '
  'switched off on purpose (cron.alter_job with active => false).';
