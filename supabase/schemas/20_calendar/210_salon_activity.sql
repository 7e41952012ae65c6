-- Who did what, and when.

create table public.salon_activity (
  id uuid primary key default gen_random_uuid(),
  salon_id uuid not null references public.salons (id) on delete cascade,
  event_id uuid references public.calendar_events (id) on delete set null,
  client_id uuid references public.clients (id) on delete set null,
  action public.salon_action not null,
  actor_id uuid,
  outcome public.action_outcome not null default 'done',
  error_code text,
  request_key uuid,
  created_at timestamptz not null default clock_timestamp(),
  finished_at timestamptz,
  is_shown boolean,
  constraint salon_activity_salon_id_request_key_key unique (salon_id, request_key),
  constraint salon_activity_failure_has_a_code
    check ((outcome = 'failed') = (error_code is not null))
);

create index salon_activity_salon_id_created_at_idx
  on public.salon_activity (salon_id, created_at);
create index salon_activity_event_id_idx on public.salon_activity (event_id, created_at);
create index salon_activity_client_id_idx on public.salon_activity (client_id);
create index salon_activity_created_at_idx on public.salon_activity (created_at);

comment on table public.salon_activity is
  'What members and clients did, and when: codes and ids only. Changes in the database are '
  'recorded by triggers, actions in Cal.com by functions/appointments. Kept as long as '
  'private.retention says.';
comment on column public.salon_activity.actor_id is
  'The member: an id of auth.users. Not a foreign key, so that the record outlasts the account. '
  'Null for the client.';
comment on column public.salon_activity.error_code is
  'Why it failed. Text, because codes of the database are no closed list.';
comment on column public.salon_activity.request_key is
  'Chosen by the caller: a repeated request acts only once.';
comment on column public.salon_activity.finished_at is
  'When Cal.com answered. Null for what was done here.';
comment on column public.salon_activity.is_shown is
  'Whether the calendar had what Cal.com did as soon as it was done, so that a repeated request gets '
  'the same answer. Null for what was done here, and for what is not done.';

alter table public.salon_activity enable row level security;
revoke all on table public.salon_activity from public, anon, authenticated, service_role;
grant select on table public.salon_activity to authenticated;
grant select, insert, update, delete on table public.salon_activity to service_role;

create policy "members can see what was done in their salon" on public.salon_activity
  for select to authenticated
  using (private.refuse_estimates() and salon_id = any ((select private.salon_ids())::uuid[]));
