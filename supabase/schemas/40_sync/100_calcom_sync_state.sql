-- The progress of the sync for each salon.

create table public.calcom_sync_state (
  salon_id uuid primary key references public.salons (id) on delete cascade,
  created_cursor timestamptz,
  updated_cursor timestamptz,
  scan_from timestamptz,
  scan_after timestamptz,
  scan_total integer,
  scan_done integer not null default 0,
  last_scan_at timestamptz,
  lease_token uuid,
  leased_until timestamptz,
  not_before timestamptz,
  last_started_at timestamptz,
  last_success_at timestamptz,
  last_error text,
  counts jsonb not null default '{}',
  requested_at timestamptz,
  constraint calcom_sync_state_lease_is_whole
    check ((lease_token is null) = (leased_until is null)),
  constraint calcom_sync_state_scan_has_a_start check (scan_after is null or scan_from is not null)
);

comment on table public.calcom_sync_state is
  'The progress of functions/calcom-sync for each salon with a key to Cal.com''s API.';
comment on column public.calcom_sync_state.created_cursor is
  'Bookings created before this time, by Cal.com''s clock, have been synced.';
comment on column public.calcom_sync_state.updated_cursor is
  'Bookings updated before this time, by Cal.com''s clock, have been synced.';
comment on column public.calcom_sync_state.scan_from is
  'The start of the last scan, which reads all bookings from that time on.';
comment on column public.calcom_sync_state.scan_after is
  'The start of the last booking that the scan has read; null when no scan is running.';
comment on column public.calcom_sync_state.scan_total is
  'Bookings of the scan, as counted by Cal.com.';
comment on column public.calcom_sync_state.leased_until is
  'A run handles the salon, at the latest until then.';
comment on column public.calcom_sync_state.not_before is
  'The sync pauses until then, because Cal.com asked to wait or an error occurred.';
comment on column public.calcom_sync_state.last_error is
  'Why the last run failed, null if it succeeded: key_missing, key_refused, rate_limited, '
  'unavailable, unreadable, page_shape_unknown (Cal.com answered with a page that the sync cannot '
  'follow), refused, not_found, lease_lost, or a code of the database. Text, because codes of the '
  'database are no closed list.';
comment on column public.calcom_sync_state.counts is
  'Of the last run: seen, foreign (of other hosts), unreadable, and the snapshots by action: '
  'applied, unchanged, deferred, failed.';
comment on column public.calcom_sync_state.requested_at is
  'Since when the salon is to be synced next, whenever its last run was: see '
  'private.request_sync. Null once a run has started.';

create trigger keep_key
  before update of salon_id on public.calcom_sync_state
  for each row when (new.salon_id <> old.salon_id) execute function private.refuse_new_key();

alter table public.calcom_sync_state enable row level security;
revoke all on table public.calcom_sync_state from public, anon, authenticated, service_role;
grant select (
  salon_id, scan_from, scan_total, scan_done, last_scan_at, last_started_at, last_success_at,
  last_error, counts
) on table public.calcom_sync_state to authenticated;
grant select, insert, update, delete on table public.calcom_sync_state to service_role;

create policy "members can see the sync state of their salon" on public.calcom_sync_state
  for select to authenticated
  using (private.refuse_estimates() and salon_id = any ((select private.salon_ids())::uuid[]));
