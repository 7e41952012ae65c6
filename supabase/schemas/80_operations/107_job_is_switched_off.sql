-- Called by private.start_function and private.unwoken_since.

create function private.job_is_switched_off(job text)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  if to_regclass('cron.job') is null then
    return false;
  end if;
  return exists (select from cron.job j where j.jobname = job and not j.active);
end;
$$;
revoke all on function private.job_is_switched_off(text) from public, anon, authenticated;
comment on function private.job_is_switched_off(text) is
  'Whether a job was switched off on purpose: cron.alter_job with active => false.';
