-- Called by sms_recover_and_expire.

create function private.sms_recover_expired_leases(idempotent_providers public.sms_provider[])
returns table (requeued integer, unknown integer)
language plpgsql
set search_path = ''
as $$
declare
  now_at timestamptz := private.app_now();
begin
  with expired as (
    select m.id, coalesce(m.maybe_sent_since, m.dispatch_started_at) as sent_since
    from public.sms_messages m
    where m.status = 'leased' and m.lease_until < now_at
    -- A message that is locked is being settled right now, and that result is better.
    for update skip locked
  ), released as (
    update public.sms_messages m
    set lease_token = null, lease_until = null, reason = 'lease_expired', next_attempt_at = now_at,
      maybe_sent_since = e.sent_since,
      status = case
        when e.sent_since is null or m.provider = any (idempotent_providers) then 'pending'
        else 'unknown'
      end::public.sms_message_status
    from expired e
    where m.id = e.id
    returning m.status
  )
  select count(*) filter (where r.status = 'pending'), count(*) filter (where r.status = 'unknown')
  into requeued, unknown
  from released r;
  return next;
end;
$$;
revoke all on function private.sms_recover_expired_leases(public.sms_provider[])
  from public, anon, authenticated;
grant execute on function private.sms_recover_expired_leases(public.sms_provider[])
  to sms_worker;
comment on function private.sms_recover_expired_leases(public.sms_provider[]) is
  'Takes messages back from runs that ended without settling them. A message that was certainly '
  'not sent is pending again, and so is one whose provider recognizes a repetition. Others are '
  'unknown.';
