-- Called by private.wake_up_report.

create function private.unwoken_since(job text, woken_at timestamptz)
returns timestamptz
language plpgsql
stable
set search_path = ''
as $$
begin
  return case when not private.job_is_switched_off(job)
    then greatest(woken_at, private.scheduled_at()) end;
end;
$$;
revoke all on function private.unwoken_since(text, timestamptz) from public, anon, authenticated;
comment on function private.unwoken_since(text, timestamptz) is
  'When a function was last started or its job last set up, the later of both, whatever keeps it '
  'from being started again. Null if neither happened, or if the job was switched off on purpose '
  '(cron.alter_job with active => false).';
