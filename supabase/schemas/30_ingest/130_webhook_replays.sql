-- Who replayed which delivery.

create table public.webhook_replays (
  id uuid primary key default gen_random_uuid(),
  log_id uuid not null references public.webhook_logs (id) on delete cascade,
  salon_id uuid references public.salons (id) on delete cascade,
  replayed_by uuid,
  replayed_at timestamptz not null default clock_timestamp(),
  action text not null,
  reason text
);

create index webhook_replays_log_id_idx on public.webhook_replays (log_id);
create index webhook_replays_salon_id_replayed_at_idx
  on public.webhook_replays (salon_id, replayed_at);

comment on table public.webhook_replays is
  'Who had which delivery applied once more, and what came of it. Written by replay_delivery and '
  'replay_deliveries only.';
comment on column public.webhook_replays.replayed_by is
  'Of auth.users; null: service_role. No foreign key, so that it outlasts the account.';
comment on column public.webhook_replays.action is 'As replay_delivery answered, with its reason.';

alter table public.webhook_replays enable row level security;
revoke all on table public.webhook_replays from public, anon, authenticated, service_role;
grant select on table public.webhook_replays to authenticated, service_role;

create policy "owners can see what was replayed" on public.webhook_replays
  for select to authenticated
  using (salon_id = any (array(select private.owned_salon_ids())));
