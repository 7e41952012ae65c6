-- When each salon last asked for a run of the reminder job.

create table private.sms_asked_runs (
  salon_id uuid primary key references public.salons (id) on delete cascade,
  asked_at timestamptz not null
);

comment on table private.sms_asked_runs is
  'When a member of each salon last started the reminder job: a salon starts one run at a time.';

alter table private.sms_asked_runs enable row level security;
revoke all on table private.sms_asked_runs from public, anon, authenticated, service_role;
