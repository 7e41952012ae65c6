-- Called by private.setup_schedules and private.remove_schedules, and by the doctor.

create function private.scheduled_jobs()
returns table (jobname text, schedule text, command text)
language plpgsql
immutable
set search_path = ''
as $jobs$
begin
  -- Jobs that loop commit after each turn, so that nobody waits for a row or a salon longer than
  -- one turn.
  return query values
    ('barkbook_sms_reminders', '*/5 * * * *', $job$select private.call_function('sms-reminders')$job$),
    ('barkbook_calcom_sync', '*/10 * * * *', $job$select private.call_function('calcom-sync')$job$),
    ('barkbook_alerts', '*/5 * * * *', $job$select private.send_alerts()$job$),
    ('barkbook_retry', '* * * * *',
      -- Begins at random, so that no salon is always the first.
      $job$do $$declare salon uuid := gen_random_uuid(); tried integer; begin
loop select r.salon, r.tried into salon, tried from private.retry_deliveries(salon) r;
exit when tried = 0; commit; end loop; end$$$job$),
    ('barkbook_erase', '* * * * *',
      $job$do $$declare salon uuid; begin
loop salon := private.continue_erasures(salon); exit when salon is null; commit; end loop;
end$$$job$),
    ('barkbook_complete', '7 * * * *',
      $job$do $$begin
while private.complete_past_appointments() > 0 loop commit; end loop; end$$$job$),
    ('barkbook_trim', '17 3 * * *',
      $job$do $$declare kept integer := (select r.kept_days from private.retention r); begin
while private.trim_deliveries() > 0 loop commit; end loop;
while private.trim_activity(kept) > 0 loop commit; end loop;
perform private.trim_messages(kept), private.trim_job_history(); end$$$job$);
end;
$jobs$;
revoke all on function private.scheduled_jobs() from public, anon, authenticated;
comment on function private.scheduled_jobs() is
  'The jobs that pg_cron must have, as this version of the schema needs them.';
