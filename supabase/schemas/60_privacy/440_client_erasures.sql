-- Which clients were erased, when and by whom.

create table public.client_erasures (
  client_id uuid not null,
  salon_id uuid not null references public.salons (id) on delete cascade,
  erased_by uuid,
  erased_at timestamptz not null default now(),
  counts jsonb not null,
  finished_at timestamptz,
  -- Another salon can insert a client with the id of an erased one.
  primary key (salon_id, client_id)
);

create index client_erasures_client_id_idx on public.client_erasures (client_id);

create index client_erasures_salon_id_erased_at_idx
  on public.client_erasures (salon_id, erased_at);

comment on table public.client_erasures is
  'Who was erased, by whom and when, as evidence for the salon. The id identifies nobody any more.';
comment on column public.client_erasures.erased_by is
  'An id of auth.users; null for service_role. Not a foreign key, so that the record outlasts the '
  'account.';
comment on column public.client_erasures.counts is
  'The erased rows by table: the result of erase_client.';
comment on column public.client_erasures.finished_at is
  'When all deliveries had been searched for the client; null as long as the job continues.';

alter table public.client_erasures enable row level security;
revoke all on table public.client_erasures from public, anon, authenticated, service_role;
grant select on table public.client_erasures to authenticated, service_role;

create policy "owners can see the erasures of their salon" on public.client_erasures
  for select to authenticated
  using (
    private.refuse_estimates() and salon_id = any ((select private.owned_salon_ids())::uuid[])
  );
