-- Called when an alert is written.

create function private.alert_meaning(code text)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  -- A message names twelve of them, in Discord with at most 2,000 characters.
  return case code
    when 'deliveries_unapplied' then 'a delivery was not applied for an hour'
    when 'retries_overdue' then 'the retry job is 15 minutes late'
    when 'dead_letters' then 'a delivery was given up'
    when 'reminders_overdue' then 'a reminder is half an hour late'
    when 'salons_passed_over' then 'the reminder job passes a salon over'
    when 'syncs_stale' then 'a salon was not synced with Cal.com for two hours'
    when 'reminders_not_woken' then 'sms-reminders was not started for 20 minutes'
    when 'sync_not_woken' then 'calcom-sync was not started for 40 minutes'
    when 'jobs_missing' then 'a job is not scheduled'
    when 'scheduler_silent' then 'no job ran for 15 minutes'
    when 'jobs_failing' then 'a job failed when it last ran'
    when 'salon_deliveries_dead' then 'deliveries were given up'
    when 'salon_deliveries_silent' then 'far longer without a delivery than usual'
    when 'test' then 'alerts arrive here'
  end;
end;
$$;
revoke all on function private.alert_meaning(text) from public, anon, authenticated;
comment on function private.alert_meaning(text) is
  'What the code of an alert means, for the operator: the codes of health_report, those of '
  'private.salon_problems, and test, which is sent once a channel is set up.';
