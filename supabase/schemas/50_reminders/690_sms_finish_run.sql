-- Called by functions/sms-reminders at the end of a run.

create function public.sms_finish_run(p_run_id uuid, p_counts jsonb, p_error text default null)
returns void
language sql
security definer
set search_path = ''
as $$
  update public.sms_runs
  set finished_at = clock_timestamp(), counts = p_counts, error = p_error
  where id = p_run_id;
$$;
revoke all on function public.sms_finish_run(uuid, jsonb, text) from public, anon, authenticated;
grant execute on function public.sms_finish_run(uuid, jsonb, text) to service_role;
comment on function public.sms_finish_run(uuid, jsonb, text) is
  'Records how a run ended. Security definer, because the job works with the rights of sms_worker.';
select private.assign_to_sms_worker('public.sms_finish_run(uuid, jsonb, text)');
