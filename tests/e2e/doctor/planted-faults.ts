/** A fault that SQL makes in a database, how the doctor finds it, and how it goes away. */
export type PlantedFault = {
  fault: string;
  /** The check that finds it, and no other. */
  check: string;
  /** What it says, and the next step behind an arrow. */
  text: RegExp;
  /** Run as the superuser. */
  sql: string;
  afterwards: string;
};

const job = (name: string) => `(select jobid from cron.job where jobname = '${name}')`;
const ranAgain = `delete from cron.job_run_details;
  insert into cron.job_run_details (jobid, username, status, start_time)
  select jobid, username, 'succeeded', now() from cron.job`;
/** The functions answer well again. */
export const ANSWERED_AGAIN = `delete from net._http_response;
  insert into net._http_response (status_code, content) values (202, '{"ok":true}')`;
const setUpAgain = 'set role postgres; select private.setup_schedules(); reset role';
const longAgo = `update vault.secrets set updated_at = now() - interval '2 days'
  where name = 'barkbook_worker_secret';`;

/** One for each way in which a database can be wrong. */
export const PLANTED_FAULTS: readonly PlantedFault[] = [
  {
    fault: 'a migration that is not applied',
    check: 'migrations',
    text: /not applied: \d+_barkbook_calendar_sync_baseline → npm run deploy -- --project-ref/,
    sql: "delete from supabase_migrations.schema_migrations where name like '%baseline'",
    afterwards: `insert into supabase_migrations.schema_migrations
     values ('20261128090100', 'barkbook_calendar_sync_baseline')`,
  },
  {
    fault: 'a migration of a newer version',
    check: 'migrations',
    text: /^this checkout lacks 20990101000000_barkbook_calendar_sync_new → check out/,
    sql: `insert into supabase_migrations.schema_migrations
     values ('20990101000000', 'barkbook_calendar_sync_new'), ('20250101000000', 'of_the_app')`,
    afterwards: "delete from supabase_migrations.schema_migrations where version ~ '^(2099|2025)'",
  },
  {
    fault: 'another version in the database',
    check: 'version',
    text: /^99\.0\.0 is deployed, this checkout is /,
    sql: `insert into private.deployments (version) values ('99.0.0')`,
    afterwards: `delete from private.deployments where version = '99.0.0'`,
  },
  {
    fault: 'a constraint that is not validated',
    check: 'constraints',
    text: /pets_test of pets → .*alter table pets validate constraint "pets_test";/,
    sql: `alter table public.pets add constraint pets_test check (name <> 'Fiona') not valid`,
    afterwards: 'alter table public.pets drop constraint pets_test',
  },
  {
    fault: 'a Data API without a grant',
    check: 'Data API',
    text: /permission denied for function health_report/,
    sql: 'revoke execute on function public.health_report() from service_role',
    afterwards: 'grant execute on function public.health_report() to service_role',
  },
  {
    fault: 'a secret of the schedules that is gone',
    check: 'Vault',
    text: /barkbook_functions_url missing → npm run deploy/,
    sql: `update vault.secrets set name = 'gone' where name = 'barkbook_functions_url'`,
    afterwards: `update vault.secrets set name = 'barkbook_functions_url' where name = 'gone'`,
  },
  {
    fault: 'a copy of a project that calls the functions of the original',
    check: 'Vault',
    text: /the jobs call https:\/\/original\.supabase\.co\/functions\/v1, not http/,
    sql: `update vault.secrets set secret = 'https://original.supabase.co/functions/v1',
       description = secret where name = 'barkbook_functions_url'`,
    afterwards: `update vault.secrets set secret = description, description = ''
     where name = 'barkbook_functions_url'`,
  },
  {
    fault: 'a job that an upgrade added and nobody scheduled',
    check: 'jobs',
    text: /^barkbook_erase is not scheduled → npm run deploy/,
    sql: `set role postgres; select cron.unschedule('barkbook_erase'); reset role`,
    afterwards: setUpAgain,
  },
  {
    fault: 'a job that is switched off',
    check: 'jobs',
    text: /^barkbook_complete is switched off → .*cron\.alter_job\(jobid, active => true\)/,
    sql: `update cron.job set active = false where jobname = 'barkbook_complete'`,
    afterwards: 'update cron.job set active = true',
  },
  {
    fault: 'a job that runs at another time',
    check: 'jobs',
    text: /^barkbook_calcom_sync runs at '0 5 \* \* \*', not '\*\/10 \* \* \* \*'/,
    sql: `update cron.job set schedule = '0 5 * * *' where jobname = 'barkbook_calcom_sync'`,
    afterwards: setUpAgain,
  },
  {
    fault: 'a job that does something else',
    check: 'jobs',
    text: /^barkbook_trim does something else → npm run deploy/,
    sql: `update cron.job set command = 'select 1' where jobname = 'barkbook_trim'`,
    afterwards: setUpAgain,
  },
  {
    fault: 'a job of another version',
    check: 'jobs',
    text: /^barkbook_old belongs to another version → .*cron\.unschedule\('barkbook_old'\)/,
    sql: `set role postgres; 
     select cron.schedule('barkbook_old', '0 5 * * *', 'select private.old()'),
       cron.schedule('barkbook_reports', '0 5 * * *', 'select 1'); reset role`,
    afterwards: `set role postgres;
     select cron.unschedule('barkbook_old'), cron.unschedule('barkbook_reports'); reset role`,
  },
  {
    fault: 'a job that failed when it last ran',
    check: 'job runs',
    text: /^barkbook_trim failed: ERROR: {2}deadlock detected/,
    sql: `insert into cron.job_run_details (jobid, username, status, start_time, return_message)
     values (${job('barkbook_trim')}, 'postgres', 'failed', now(), 'ERROR:  deadlock detected')`,
    afterwards: ranAgain,
  },
  {
    fault: 'a scheduler that has stopped',
    check: 'job runs',
    text: /did not run for too long: .*barkbook_retry.* → restart the project/,
    sql: `${longAgo} update cron.job_run_details set start_time = now() - interval '20 minutes'`,
    afterwards: `${ranAgain}; ${setUpAgain}`,
  },
  {
    fault: 'a scheduler that never ran a job',
    check: 'job runs',
    text: /did not run for too long/,
    sql: `${longAgo} delete from cron.job_run_details`,
    afterwards: `${ranAgain}; ${setUpAgain}`,
  },
  {
    fault: 'functions that refuse the worker secret',
    check: 'function calls',
    text: /^401, 2x: \{"code":"unauthorized"\} → npm run deploy .*new worker secret/,
    sql: `insert into net._http_response (status_code, content)
     values (401, '{"code":"unauthorized"}'), (401, '{"code":"unauthorized"}')`,
    afterwards: ANSWERED_AGAIN,
  },
  {
    fault: 'functions that cannot be reached',
    check: 'function calls',
    text: /^no answer, 1x: Couldn't resolve host name/,
    sql: `insert into net._http_response (error_msg) values ('Couldn''t resolve host name')`,
    afterwards: ANSWERED_AGAIN,
  },
  {
    fault: 'calls that are queued and never sent',
    check: 'function calls',
    text: /no answer for 15 minutes → .*pg_net's worker has stopped/,
    sql: `${longAgo} delete from net._http_response`,
    afterwards: `${ANSWERED_AGAIN}; ${setUpAgain}`,
  },
  {
    fault: 'alerts that are refused',
    check: 'alerts',
    text: /^webhook refuses alerts: 404 → correct ALERT_WEBHOOK_URL/,
    sql: `set role postgres; select private.setup_alerts('https://ntfy.sh/nobody'); reset role;
     update private.alerts set failure = '404'`,
    afterwards: `set role postgres; select private.setup_alerts(''); reset role;
     delete from private.alerts`,
  },
  {
    fault: 'a provider that is paused',
    check: 'provider pause',
    text: /^smsapi until .*: no_credit → add credit/,
    sql: `insert into public.sms_provider_state (provider, reason, paused_until)
     values ('smsapi', 'no_credit', now() + interval '10 minutes')`,
    afterwards: 'delete from public.sms_provider_state',
  },
  {
    fault: 'a salon without a username',
    check: 'salons',
    text: /^1 salon without a Cal\.com username: Polska Łapa London → .*update salons set/,
    sql: `update public.salons set cal_com_username = null where cal_com_username = 'polska-lapa'`,
    afterwards:
      `update public.salons set cal_com_username = 'polska-lapa' where name like 'Polska%'`,
  },
  {
    fault: 'a salon whose owner never confirmed the account',
    check: 'owners',
    text: /^1 salon without an owner whose account is confirmed: Polska Łapa London → invite/,
    sql: `update auth.users set email_confirmed_at = null where email like 'james@%'`,
    afterwards: 'update auth.users set email_confirmed_at = now()',
  },
  {
    fault: 'a salon whose owner has not accepted the invitation',
    check: 'owners',
    text: /^1 salon without .*: Polska Łapa London → ask the owner of Polska Łapa London to accept/,
    sql: `update auth.users set email_confirmed_at = null, invited_at = now() - interval '8 days'
     where email like 'james@%'`,
    afterwards: 'update auth.users set email_confirmed_at = now(), invited_at = null',
  },
];
