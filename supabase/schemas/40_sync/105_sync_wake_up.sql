-- When functions/calcom-sync was last started by its schedule.

create table private.sync_wake_up (
  woken_at timestamptz not null
);

create unique index sync_wake_up_is_one_row on private.sync_wake_up ((true));

comment on table private.sync_wake_up is
  'One row, from the first run on: when functions/calcom-sync last looked for a salon to sync. '
  'Runs of the reminder job are in sms_runs.';

alter table private.sync_wake_up enable row level security;
revoke all on table private.sync_wake_up from public, anon, authenticated, service_role;
