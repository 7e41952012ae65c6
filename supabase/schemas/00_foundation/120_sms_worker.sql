-- The reminder job runs with the rights of this role. 50_reminders/200_sms_worker_access.sql
-- defines what it may see.

do $$
begin
  create role sms_worker nologin noinherit;
exception
  -- Roles belong to the whole cluster, so another of its databases may have created this one.
  when duplicate_object or unique_violation then null;
end;
$$;
comment on role sms_worker is
  'Owns the functions of the reminder job. It cannot log in and bypasses no policy. Its policies '
  'show it only what a reminder needs: coming appointments of salons that enabled reminders.';
-- To assign a function to a role, its creator must be a member of that role.
grant sms_worker to postgres;
grant usage on schema public, private to sms_worker;
