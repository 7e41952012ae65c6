-- Calendar feeds.

create table public.calendar_feeds (
  salon_id uuid primary key references public.salons (id) on delete cascade,
  token_hash bytea not null constraint calendar_feeds_token_hash_key unique,
  shows_clients boolean not null default false,
  created_at timestamptz not null default now(),
  constraint calendar_feeds_token_hash_is_sha256 check (length(token_hash) = 32)
);

comment on table public.calendar_feeds is
  'Salons with a calendar feed, which anyone who knows its address can read.';
comment on column public.calendar_feeds.token_hash is
  'SHA-256 of the secret in the address. The secret itself is not stored.';
comment on column public.calendar_feeds.shows_clients is
  'Whether the feed includes the client''s first name and the title of the booking, which contains '
  'the full name. Otherwise it includes only the name of the pet.';
comment on column public.calendar_feeds.created_at is 'When the address last changed.';

create trigger keep_key
  before update of salon_id on public.calendar_feeds
  for each row when (new.salon_id <> old.salon_id) execute function private.refuse_new_key();

alter table public.calendar_feeds enable row level security;
revoke all on table public.calendar_feeds from public, anon, authenticated, service_role;
grant select (salon_id, shows_clients, created_at), update (shows_clients), delete
  on table public.calendar_feeds to authenticated;
grant select, insert, update, delete on table public.calendar_feeds to service_role;

create policy "members can see the feed settings of their salon"
  on public.calendar_feeds for select to authenticated
  using (private.refuse_estimates() and salon_id = any ((select private.salon_ids())::uuid[]));
create policy "owners can change what the feed shows" on public.calendar_feeds
  for update to authenticated
  using (salon_id = any ((select private.owned_salon_ids())::uuid[]))
  with check (salon_id = any ((select private.owned_salon_ids())::uuid[]));
create policy "owners can delete the feed" on public.calendar_feeds
  for delete to authenticated
  using (salon_id = any ((select private.owned_salon_ids())::uuid[]));
