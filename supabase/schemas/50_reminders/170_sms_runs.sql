-- Runs of the reminder job.

create table public.sms_runs (
  id uuid primary key default gen_random_uuid(),
  provider public.sms_provider not null,
  started_at timestamptz not null default clock_timestamp(),
  finished_at timestamptz,
  counts jsonb not null default '{}',
  error text,
  constraint sms_runs_ends_after_start check (finished_at >= started_at)
);

create index sms_runs_started_at_idx on public.sms_runs (started_at);

comment on table public.sms_runs is 'Every run of the reminder job. Kept for 30 days.';
comment on column public.sms_runs.counts is
  'planned, skipped, broken (salons that planning passed over), claimed, sent, retried, failed, '
  'unknown, dropped (not to be sent any more: appointment cancelled or moved, consent withdrawn), '
  'ms.';
comment on column public.sms_runs.error is 'Code of the error that ended the run early.';

alter table public.sms_runs enable row level security;
revoke all on table public.sms_runs from public, anon, authenticated, service_role;
grant select, insert, update, delete on table public.sms_runs to service_role;
grant select, insert, update on table public.sms_runs to sms_worker;

create policy "the SMS worker can see runs" on public.sms_runs
  for select to sms_worker using (true);
create policy "the SMS worker can record the start of a run" on public.sms_runs
  for insert to sms_worker with check (true);
create policy "the SMS worker can record the end of a run" on public.sms_runs
  for update to sms_worker using (true) with check (true);
