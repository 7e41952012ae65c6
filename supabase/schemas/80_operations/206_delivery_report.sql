-- Called by health_report.

create function private.delivery_report(
  out last_delivery_at timestamptz, out oldest_unapplied_at timestamptz,
  out oldest_overdue_retry_at timestamptz, out dead_letters integer
)
language plpgsql
stable
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
end;
$$;
revoke all on function private.delivery_report() from public, anon, authenticated;
comment on function private.delivery_report() is
  'Of all deliveries: when the last one arrived; arrival of the oldest deferred booking that belongs '
  'to no salon or failed to be applied; when the retry job should have run; the dead letters of the '
  'last day.';
