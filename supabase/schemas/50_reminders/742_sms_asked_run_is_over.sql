-- Called by private.sms_ask_for_run.

create function private.sms_asked_run_is_over(asked_at timestamptz)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  -- The longest run, SMS_RUN_BUDGET_MS.
  return asked_at < clock_timestamp() - interval '5 minutes'
    or coalesce(
      (select bool_or(r.finished_at is not null) from public.sms_runs r
        where r.started_at > asked_at),
      -- None has begun: the call was lost.
      asked_at < clock_timestamp() - interval '30 seconds');
end;
$$;
revoke all on function private.sms_asked_run_is_over(timestamptz)
  from public, anon, authenticated;
comment on function private.sms_asked_run_is_over(timestamptz) is
  'Whether the run that was asked for then has ended, or will not come any more.';
