-- Called by functions/health.

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
  sync_unwoken_since timestamptz
)
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  select max(l.created_at) into last_delivery_at
  from public.webhook_logs l where l.webhook_type <> 'BOOKING_SYNCED';
  select
    min(l.created_at) filter (
      where o.is_ours and private.has_full_booking(l.webhook_type)
        and l.next_attempt_at is not null),
    min(l.next_attempt_at) filter (where l.next_attempt_at < now()),
    count(*) filter (
      where o.is_ours and l.next_attempt_at is null
        and l.processed_at > now() - interval '1 day')
  into oldest_unapplied_at, oldest_overdue_retry_at, dead_letters
  from public.webhook_logs l
  -- What a salon can bring about by its own webhook is an alert of that salon.
  cross join lateral (
    select l.salon_id is null or l.reason = 'apply_failed' as is_ours) o
  where l.status <> 'success' and l.booking is not null;
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
  return next;
end;
$$;
revoke all on function public.health_report() from public, anon, authenticated;
grant execute on function public.health_report() to service_role;
comment on function public.health_report() is
  'One row about the project as a whole, which functions/health judges; what a salon can bring '
  'about for itself is shown to its members. oldest_unapplied_at: arrival of the oldest deferred '
  'booking that belongs to no salon or failed to be applied. oldest_overdue_retry_at: when the '
  'retry job should have run. dead_letters: the same of the last day. oldest_overdue_reminder_at: '
  'when the reminder should have been sent. stale_syncs: salons whose sync has not succeeded for '
  'two hours, though Cal.com accepts their API key. passed_over: how many salons the reminder job '
  'passes over, by SQLSTATE; oldest_passed_over_at: since when the first one. '
  'reminders_unwoken_since, sync_unwoken_since: see private.wake_up_report. Security definer, '
  'because only postgres may read the log of pg_cron.';
