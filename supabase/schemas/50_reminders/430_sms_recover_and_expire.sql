-- Called by functions/sms-reminders before it plans.

create function public.sms_recover_and_expire(
  p_idempotent_providers public.sms_provider[], p_now timestamptz default null
)
returns table (requeued integer, unknown integer, expired integer)
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.set_app_clock(p_now);
  select r.requeued, r.unknown into requeued, unknown
  from private.sms_recover_expired_leases(p_idempotent_providers) r;
  -- After it, so that a message whose lease has just ended can expire at once.
  expired := private.sms_expire_messages();
  return next;
end;
$$;
revoke all on function public.sms_recover_and_expire(public.sms_provider[], timestamptz)
  from public, anon, authenticated;
grant execute on function public.sms_recover_and_expire(public.sms_provider[], timestamptz)
  to service_role;
comment on function public.sms_recover_and_expire(public.sms_provider[], timestamptz) is
  'Takes messages back from runs that ended without settling them, and ends those that it is too '
  'late to send. p_idempotent_providers: providers that recognize a message they are sent twice. '
  'Security definer, because the job works with the rights of sms_worker.';
select private.assign_to_sms_worker(
  'public.sms_recover_and_expire(public.sms_provider[], timestamptz)');
