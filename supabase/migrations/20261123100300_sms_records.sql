-- What the reminder job has to remember beside its messages.
-- Objects: tables sms_opt_outs, sms_provider_state, sms_runs with policies; public.sms_start_run,
-- sms_finish_run.
-- Destructive: no. Undo: drop the functions and the tables.

create table public.sms_opt_outs (
  salon_id uuid not null references public.salons (id) on delete cascade,
  phone text not null,
  source text not null default 'salon',
  created_at timestamptz not null default now(),
  primary key (salon_id, phone),
  constraint sms_opt_outs_phone_is_e164 check (phone ~ '^\+[1-9][0-9]{6,14}$'),
  constraint sms_opt_outs_source_is_known check (source in ('salon', 'smsapi', 'twilio'))
);
create index sms_opt_outs_phone_idx on public.sms_opt_outs (phone);
comment on table public.sms_opt_outs is
  'Numbers that want no SMS from a salon, whatever the client''s consent says.';
comment on column public.sms_opt_outs.phone is 'E.164, such as +48600100200.';
comment on column public.sms_opt_outs.source is
  'Who recorded it: the salon, or a gateway that was told STOP.';

create table public.sms_provider_state (
  provider text primary key,
  paused_until timestamptz not null,
  reason text not null
);
comment on table public.sms_provider_state is
  'Gateways that refused our account (credentials, credit, sender): nothing is claimed for them '
  'until paused_until. reason is the gateway''s code.';

create table public.sms_runs (
  id uuid primary key default gen_random_uuid(),
  provider text not null,
  started_at timestamptz not null default clock_timestamp(),
  finished_at timestamptz,
  counts jsonb not null default '{}',
  error text,
  constraint sms_runs_ends_after_start check (finished_at >= started_at)
);
create index sms_runs_started_at_idx on public.sms_runs (started_at);
comment on table public.sms_runs is 'Every run of the reminder job. Kept for 30 days.';
comment on column public.sms_runs.counts is
  'planned, skipped, broken (salons passed over), claimed, sent, retried, failed, unknown, '
  'dropped (visit gone or moved, consent withdrawn), ms.';
comment on column public.sms_runs.error is 'Code of what ended the run early.';

alter table public.sms_opt_outs enable row level security;
revoke all on table public.sms_opt_outs from public, anon, authenticated, service_role;
grant select, insert (salon_id, phone), delete on table public.sms_opt_outs to authenticated;
grant select, insert, update, delete on table public.sms_opt_outs to service_role;
grant select, insert, delete on table public.sms_opt_outs to sms_worker;
create policy "members can see who wants no SMS" on public.sms_opt_outs
  for select to authenticated
  using (salon_id = any (array(select private.salon_ids())));
create policy "members can note who wants no SMS" on public.sms_opt_outs
  for insert to authenticated
  with check (salon_id = any (array(select private.salon_ids())));
-- What somebody told a gateway, only they take back.
create policy "members can take back what their salon noted" on public.sms_opt_outs
  for delete to authenticated
  using (source = 'salon' and salon_id = any (array(select private.salon_ids())));
create policy "the SMS worker sees who wants no SMS" on public.sms_opt_outs
  for select to sms_worker using (true);
create policy "the SMS worker notes who wants no SMS" on public.sms_opt_outs
  for insert to sms_worker with check (true);
create policy "the SMS worker lets SMS through again" on public.sms_opt_outs
  for delete to sms_worker using (true);

alter table public.sms_provider_state enable row level security;
revoke all on table public.sms_provider_state from public, anon, authenticated, service_role;
grant select, insert, update, delete on table public.sms_provider_state to service_role;
grant select, insert, update on table public.sms_provider_state to sms_worker;
create policy "the SMS worker sees which gateways pause" on public.sms_provider_state
  for select to sms_worker using (true);
create policy "the SMS worker pauses gateways" on public.sms_provider_state
  for insert to sms_worker with check (true);
create policy "the SMS worker prolongs a pause" on public.sms_provider_state
  for update to sms_worker using (true) with check (true);

alter table public.sms_runs enable row level security;
revoke all on table public.sms_runs from public, anon, authenticated, service_role;
grant select, insert, update, delete on table public.sms_runs to service_role;
grant select, insert, update on table public.sms_runs to sms_worker;
create policy "the SMS worker sees its runs" on public.sms_runs
  for select to sms_worker using (true);
create policy "the SMS worker starts runs" on public.sms_runs
  for insert to sms_worker with check (true);
create policy "the SMS worker ends runs" on public.sms_runs
  for update to sms_worker using (true) with check (true);

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
select private.hand_to_sms_worker('public.sms_start_run(text)');

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
  'Notes how a run ended. Security definer, because the job works with the rights of sms_worker.';
select private.hand_to_sms_worker('public.sms_finish_run(uuid, jsonb, text)');
