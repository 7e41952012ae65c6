-- Called by functions/sms-reminders at the start of a run.

create function public.sms_start_run(p_provider public.sms_provider)
returns uuid
language sql
security definer
set search_path = ''
as $$
  insert into public.sms_runs (provider) values (p_provider) returning id;
$$;
revoke all on function public.sms_start_run(public.sms_provider) from public, anon, authenticated;
grant execute on function public.sms_start_run(public.sms_provider) to service_role;
comment on function public.sms_start_run(public.sms_provider) is
  'Records the start of a run of the reminder job; returns its id. Security definer, because the '
  'job works with the rights of sms_worker.';
select private.assign_to_sms_worker('public.sms_start_run(public.sms_provider)');
