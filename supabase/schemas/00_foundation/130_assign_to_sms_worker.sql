-- Used by the files of 50_reminders, and by migrations that add a function to the reminder job.

create function private.assign_to_sms_worker(worker_function regprocedure)
returns void
language plpgsql
set search_path = ''
as $$
declare
  home regnamespace := (
    select p.pronamespace::regnamespace from pg_proc p where p.oid = worker_function);
begin
  -- The new owner needs the right to create in the schema while the owner changes.
  execute format('grant create on schema %s to sms_worker', home);
  execute format('alter function %s owner to sms_worker', worker_function);
  execute format('revoke create on schema %s from sms_worker', home);
end;
$$;
revoke all on function private.assign_to_sms_worker(regprocedure)
  from public, anon, authenticated;
comment on function private.assign_to_sms_worker(regprocedure) is
  'For migrations: makes sms_worker the owner of a security definer function.';
