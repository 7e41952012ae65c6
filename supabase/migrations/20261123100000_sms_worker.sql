-- The role whose rights the reminder job works with, and the job's clock.
-- Objects: role sms_worker; private.sms_now, private.set_sms_clock, private.hand_to_sms_worker.
-- Destructive: no. Undo: drop the functions, then drop owned by sms_worker, drop role sms_worker.

do $$
begin
  create role sms_worker nologin noinherit;
exception
  -- A role belongs to the whole cluster: another database of it may have made this one.
  when duplicate_object or unique_violation then null;
end;
$$;
comment on role sms_worker is
  'Owns the functions of the reminder job. It cannot sign in, bypasses nothing, and its policies '
  'show it what a reminder needs: visits ahead of salons that switched reminders on.';
-- The owner of a function must be a role its creator can act as.
grant sms_worker to postgres;
grant usage on schema public, private to sms_worker;
grant execute on function private.is_time_zone(text), private.e164(text) to sms_worker;

create function private.sms_now()
returns timestamptz
-- One in SQL, with a search_path, would be planned anew for every query that calls it.
language plpgsql
stable
set search_path = ''
as $$
begin
  return coalesce(nullif(current_setting('barkbook.sms_now', true), '')::timestamptz, now());
end;
$$;
revoke all on function private.sms_now() from public, anon;
-- Views and policies call it, with the rights of whoever reads them.
grant execute on function private.sms_now() to authenticated, service_role, sms_worker;
comment on function private.sms_now() is
  'What time it is for reminders: now, unless a rehearsal of this transaction set another time.';

create function private.set_sms_clock(moment timestamptz)
returns timestamptz
language plpgsql
set search_path = ''
as $$
begin
  perform set_config('barkbook.sms_now', coalesce(moment::text, ''), true);
  return coalesce(moment, now());
end;
$$;
revoke all on function private.set_sms_clock(timestamptz) from public, anon, authenticated;
grant execute on function private.set_sms_clock(timestamptz) to sms_worker;
comment on function private.set_sms_clock(timestamptz) is
  'Sets what sms_now() says until the end of the transaction; null: the real time. Returns it.';

create function private.hand_to_sms_worker(worker_function regprocedure)
returns void
language plpgsql
set search_path = ''
as $$
declare
  home regnamespace := (
    select p.pronamespace::regnamespace from pg_proc p where p.oid = worker_function);
begin
  -- A new owner must be allowed to create in the schema, for as long as this takes.
  execute format('grant create on schema %s to sms_worker', home);
  execute format('alter function %s owner to sms_worker', worker_function);
  execute format('revoke create on schema %s from sms_worker', home);
end;
$$;
revoke all on function private.hand_to_sms_worker(regprocedure)
  from public, anon, authenticated;
comment on function private.hand_to_sms_worker(regprocedure) is
  'For migrations: makes sms_worker the owner of a security definer function.';
