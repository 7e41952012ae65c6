-- The role whose rights the reminder job works with. See 50_reminders/200_sms_worker_access.sql for
-- what it may see.

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
  'show it what a reminder needs: appointments ahead of salons that switched reminders on.';
-- The owner of a function must be a role its creator can act as.
grant sms_worker to postgres;
grant usage on schema public, private to sms_worker;
