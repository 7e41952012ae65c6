-- Called by functions/sms-reminders.

create function public.sms_start_run(p_provider text)
returns uuid
language sql
security definer
set search_path = ''
as $$
  insert into public.sms_runs (provider) values (p_provider) returning id;
$$;
revoke all on function public.sms_start_run(text) from public, anon, authenticated;
grant execute on function public.sms_start_run(text) to service_role;
comment on function public.sms_start_run(text) is
  'Notes that a run of the reminder job began; returns its id. Security definer, because the job '
  'works with the rights of sms_worker.';
select private.assign_to_sms_worker('public.sms_start_run(text)');
