-- Who replayed which delivery.

create table public.webhook_replays (
  id uuid primary key default gen_random_uuid(),
  log_id uuid not null references public.webhook_logs (id) on delete cascade,
  salon_id uuid references public.salons (id) on delete cascade,
  replayed_by uuid,
  replayed_at timestamptz not null default clock_timestamp(),
  action public.delivery_action not null,
  reason public.delivery_reason
);

create index webhook_replays_log_id_idx on public.webhook_replays (log_id);
create index webhook_replays_salon_id_replayed_at_idx
  on public.webhook_replays (salon_id, replayed_at);

comment on table public.webhook_replays is
  'Who replayed which delivery, and what came of it. Written only by replay_delivery and '
  'replay_deliveries.';
comment on column public.webhook_replays.replayed_by is
  'An id of auth.users; null for service_role. Not a foreign key, so that the record outlasts the '
  'account.';
comment on column public.webhook_replays.action is 'The action that replay_delivery returned.';
comment on column public.webhook_replays.reason is 'Why it was deferred or refused.';

alter table public.webhook_replays enable row level security;
revoke all on table public.webhook_replays from public, anon, authenticated, service_role;
grant select on table public.webhook_replays to authenticated, service_role;

create policy "owners can see the replays of their salon" on public.webhook_replays
  for select to authenticated
  using (
    private.refuse_estimates() and salon_id = any ((select private.owned_salon_ids())::uuid[])
  );
