-- Called by functions/sms-reminders before it claims messages.

create function public.sms_sweep(
  p_idempotent_providers text[], p_now timestamptz default null
)
returns table (requeued integer, unknown integer, expired integer)
language plpgsql
security definer
set search_path = ''
as $$
declare
  now_at timestamptz := private.set_app_clock(p_now);
begin
  with overdue as (
    select m.id, coalesce(m.maybe_sent_since, m.dispatch_started_at) as sent_since
    from public.sms_messages m
    where m.status = 'leased' and m.lease_until < now_at
    -- Whoever settles it this moment has the better news.
    for update skip locked
  ), released as (
    update public.sms_messages m
    set lease_token = null, lease_until = null, reason = 'lease_expired', next_attempt_at = now_at,
      maybe_sent_since = o.sent_since,
      status = case
        when o.sent_since is null or m.provider = any (p_idempotent_providers) then 'pending'
        else 'unknown'
      end
    from overdue o
    where m.id = o.id
    returning m.status
  )
  select count(*) filter (where r.status = 'pending'), count(*) filter (where r.status = 'unknown')
  into requeued, unknown
  from released r;

  with late as (
    select m.id
    from public.sms_messages m
    where m.status in ('pending', 'unknown')
      and (
        m.not_after <= now_at
        -- SMSAPI knows an idx for 24 hours: sent again later, it would be a second SMS.
        or m.maybe_sent_since < now_at - interval '20 hours'
      )
    for update skip locked
  ), given_up as (
    update public.sms_messages m
    set final_at = now_at,
      status = case when m.maybe_sent_since is null then 'expired' else 'dead' end,
      reason = case when m.maybe_sent_since is null then 'deadline' else 'ambiguous' end
    from late l
    where m.id = l.id
    returning m.id
  )
  select count(*) into expired from given_up;
  return next;
end;
$$;
revoke all on function public.sms_sweep(text[], timestamptz) from public, anon, authenticated;
grant execute on function public.sms_sweep(text[], timestamptz) to service_role;
comment on function public.sms_sweep(text[], timestamptz) is
  'Takes back messages from runs that ended without a word: those certainly not sent, or whose '
  'gateway notices a repetition, are pending again, the others unknown. Gives up what is too late. '
  'Security definer, because the job works with the rights of sms_worker.';
select private.assign_to_sms_worker('public.sms_sweep(text[], timestamptz)');
