-- Called by functions/health and by the job that sends alerts.

create function public.health_report()
returns table (
  last_delivery_at timestamptz,
  oldest_unapplied_at timestamptz,
  oldest_overdue_retry_at timestamptz,
  dead_letters integer,
  oldest_overdue_reminder_at timestamptz,
  stale_syncs integer,
  missing_jobs integer,
  failing_jobs integer,
  scheduler_ran_at timestamptz,
  passed_over jsonb,
  oldest_passed_over_at timestamptz,
  reminders_unwoken_since timestamptz,
  sync_unwoken_since timestamptz,
  failing text[]
)
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  select d.last_delivery_at, d.oldest_unapplied_at, d.oldest_overdue_retry_at, d.dead_letters
  into last_delivery_at, oldest_unapplied_at, oldest_overdue_retry_at, dead_letters
  from private.delivery_report() d;
  select min(m.next_attempt_at) into oldest_overdue_reminder_at
  from public.sms_messages m
  where m.status = 'pending' and m.next_attempt_at < now() and m.not_after > now();
  select count(*) into stale_syncs
  from public.calcom_sync_state c
  where coalesce(c.last_success_at <= now() - interval '2 hours', c.last_error is not null)
    and coalesce(c.last_error, '') not in ('key_missing', 'key_refused', 'rate_limited')
    and private.salon_secret('calcom_api_key', c.salon_id) is not null;
  select r.missing_jobs, r.failing_jobs, r.ran_at
  into missing_jobs, failing_jobs, scheduler_ran_at
  from private.scheduler_report() r;
  select coalesce(jsonb_object_agg(s.problem, s.salons), '{}'), min(s.since)
  into passed_over, oldest_passed_over_at
  from (
    select r.problem, count(*) as salons, min(r.problem_since) as since
    from public.sms_settings r where r.enabled and r.problem is not null
    group by r.problem
  ) s;
  select r.reminders_unwoken_since, r.sync_unwoken_since
  into reminders_unwoken_since, sync_unwoken_since
  from private.wake_up_report() r;
  failing := array(
    select c.code
    from (values
      ('deliveries_unapplied', oldest_unapplied_at < now() - interval '1 hour'),
      ('retries_overdue', oldest_overdue_retry_at < now() - interval '15 minutes'),
      ('dead_letters', dead_letters > 0),
      ('reminders_overdue', oldest_overdue_reminder_at < now() - interval '30 minutes'),
      ('salons_passed_over', oldest_passed_over_at < now() - interval '30 minutes'),
      ('syncs_stale', stale_syncs > 0),
      -- Four runs of each.
      ('reminders_not_woken', reminders_unwoken_since < now() - interval '20 minutes'),
      ('sync_not_woken', sync_unwoken_since < now() - interval '40 minutes'),
      ('jobs_missing', missing_jobs > 0),
      ('scheduler_silent', scheduler_ran_at < now() - interval '15 minutes'),
      ('jobs_failing', failing_jobs > 0)
    ) as c (code, is_wrong)
    where c.is_wrong);
  return next;
end;
$$;
revoke all on function public.health_report() from public, anon, authenticated;
grant execute on function public.health_report() to service_role;
comment on function public.health_report() is
  'One row about the project as a whole; what a salon can bring about for itself is shown to its '
  'members. Deliveries: see private.delivery_report. oldest_overdue_reminder_at: when the reminder '
  'should have been sent. stale_syncs: salons whose sync has not succeeded for two hours, though '
  'Cal.com accepts their API key. passed_over: how many salons the reminder job passes over, by '
  'SQLSTATE; oldest_passed_over_at: since when the first one. reminders_unwoken_since, '
  'sync_unwoken_since: see private.wake_up_report. failing: the codes of what is wrong, none if all '
  'is well. Security definer, because only postgres may read the log of pg_cron.';
