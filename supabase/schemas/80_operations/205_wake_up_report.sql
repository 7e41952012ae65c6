-- Called by health_report.

create function private.wake_up_report(
  out reminders_unwoken_since timestamptz, out sync_unwoken_since timestamptz
)
language plpgsql
stable
set search_path = ''
as $$
begin
  if exists (select from public.sms_settings s where s.enabled) then
    reminders_unwoken_since := private.unwoken_since(
      'barkbook_sms_reminders', (select max(r.started_at) from public.sms_runs r));
  end if;
  if exists (
    select from public.salons s
    where s.cal_com_username is not null and private.has_salon_secret('calcom_api_key', s.id)
  ) then
    sync_unwoken_since := private.unwoken_since(
      'barkbook_calcom_sync', (select w.woken_at from private.sync_wake_up w));
  end if;
end;
$$;
revoke all on function private.wake_up_report() from public, anon, authenticated;
comment on function private.wake_up_report() is
  'Since when functions/sms-reminders and calcom-sync were not started although a salon needs them; '
  'null if none does. Not judged by what pg_cron says of their jobs, which succeed once a call is '
  'queued, whatever its answer.';
