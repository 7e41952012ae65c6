-- Called by private.wake_up_report.

create function private.unwoken_since(job text, woken_at timestamptz)
returns timestamptz
language plpgsql
stable
set search_path = ''
as $$
declare
  is_switched_off boolean := false;
begin
  if to_regclass('cron.job') is not null then
    is_switched_off := exists (
      select from cron.job j where j.jobname = job and not j.active);
  end if;
  return case when not is_switched_off then greatest(woken_at, private.scheduled_at()) end;
end;
$$;
revoke all on function private.unwoken_since(text, timestamptz) from public, anon, authenticated;
comment on function private.unwoken_since(text, timestamptz) is
  'When a function was last started or its job last set up, the later of both, whatever keeps it '
  'from being started again. Null if neither happened, or if the job was switched off on purpose '
  '(cron.alter_job with active => false).';
