-- How far the look through each salon's Cal.com account has come.
-- Objects: table calcom_sync_state with its policy; public.calcom_sync_claim,
-- public.calcom_sync_note, public.calcom_sync_release.
-- Destructive: no. Undo: drop the functions and the table.

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
  constraint calcom_sync_state_lease_is_whole
    check ((lease_token is null) = (leased_until is null)),
  constraint calcom_sync_state_scan_has_a_start check (scan_after is null or scan_from is not null)
);
comment on table public.calcom_sync_state is
  'What functions/calcom-sync remembers of each salon with a key to Cal.com''s API.';
comment on column public.calcom_sync_state.created_cursor is
  'Bookings made up to here, by Cal.com''s clock, have been looked at.';
comment on column public.calcom_sync_state.updated_cursor is
  'Bookings changed up to here, by Cal.com''s clock, have been looked at.';
comment on column public.calcom_sync_state.scan_from is
  'Where the last scan began, which looks at all bookings from that start on.';
comment on column public.calcom_sync_state.scan_after is
  'The start of the booking that the scan has come to; null when none is going on.';
comment on column public.calcom_sync_state.scan_total is 'Bookings of the scan, as Cal.com counts.';
comment on column public.calcom_sync_state.leased_until is 'A run is at it, at most until then.';
comment on column public.calcom_sync_state.not_before is
  'Cal.com is not asked before: it told us to wait, or refused the key.';
comment on column public.calcom_sync_state.last_error is
  'Why the last run did not get through: key_missing, key_refused, rate_limited, unavailable, '
  'unreadable, refused, not_found, or a code of the database. Null when it did.';
comment on column public.calcom_sync_state.counts is
  'Of the last run: seen, foreign (other hosts'' bookings), unreadable, and of the snapshots: '
  'applied, unchanged, stale, deferred, failed.';

alter table public.calcom_sync_state enable row level security;
revoke all on table public.calcom_sync_state from public, anon, authenticated, service_role;
grant select (
  salon_id, scan_from, scan_total, scan_done, last_scan_at, last_started_at, last_success_at,
  last_error, counts
) on table public.calcom_sync_state to authenticated;
grant select, insert, update, delete on table public.calcom_sync_state to service_role;
create policy "members can see how their salon's sync goes" on public.calcom_sync_state
  for select to authenticated
  using (salon_id = any (array(select private.salon_ids())));

create function public.calcom_sync_claim(
  p_salon_id uuid default null, p_from timestamptz default null, p_lease_seconds integer default 120
)
returns table (
  salon_id uuid, cal_com_username text, lease_token uuid, created_cursor timestamptz,
  updated_cursor timestamptz, scan_after timestamptz, scan_total integer, scan_done integer,
  scan_is_due boolean
)
language plpgsql
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  state public.calcom_sync_state;
begin
  insert into public.calcom_sync_state (salon_id)
  select s.id from public.salons s
  where s.cal_com_username is not null and (s.id = p_salon_id or p_salon_id is null and exists (
      select from vault.secrets v
      where v.name = private.salon_secret_name('calcom_api_key', s.id)))
  on conflict on constraint calcom_sync_state_pkey do nothing;

  select c.* into state
  from public.calcom_sync_state c
  join public.salons s on s.id = c.salon_id and s.cal_com_username is not null
  where coalesce(c.leased_until <= now(), true)
    and (c.salon_id = p_salon_id or p_salon_id is null
      and coalesce(c.not_before <= now(), true)
      and (c.scan_after is not null
        or coalesce(c.last_started_at <= now() - interval '9 minutes', true))
      and exists (
        select from vault.secrets v
        where v.name = private.salon_secret_name('calcom_api_key', c.salon_id)))
  order by c.last_started_at nulls first
  limit 1
  for update of c skip locked;
  if state.salon_id is null then
    return;
  end if;

  -- The same backfill again goes on where it stopped.
  if p_from is not null and (state.scan_after is null or state.scan_from <> p_from) then
    state.scan_from := p_from;
    state.scan_after := p_from;
    state.scan_total := null;
    state.scan_done := 0;
  end if;
  update public.calcom_sync_state c
  set lease_token = gen_random_uuid(),
    leased_until = now() + make_interval(secs => p_lease_seconds),
    last_started_at = now(), scan_from = state.scan_from, scan_after = state.scan_after,
    scan_total = state.scan_total, scan_done = state.scan_done
  where c.salon_id = state.salon_id
  returning c.* into state;
  return query
    select state.salon_id, s.cal_com_username, state.lease_token, state.created_cursor,
      state.updated_cursor, state.scan_after, state.scan_total, state.scan_done,
      coalesce(state.last_scan_at < now() - interval '20 hours', true)
    from public.salons s where s.id = state.salon_id;
end;
$$;
revoke all on function public.calcom_sync_claim(uuid, timestamptz, integer)
  from public, anon, authenticated;
grant execute on function public.calcom_sync_claim(uuid, timestamptz, integer) to service_role;
comment on function public.calcom_sync_claim(uuid, timestamptz, integer) is
  'Leases a salon to a run of functions/calcom-sync: the one named, or the one that waits longest '
  'of those with a key and nine minutes since their last run. p_from: also look at all bookings '
  'that begin from then on. No row: another run is at it, or there is nothing to do. Security '
  'definer, because no role of the API may see whose key is in Vault.';

create function public.calcom_sync_note(
  p_salon_id uuid, p_lease_token uuid, p_progress jsonb, p_lease_seconds integer default 120
)
returns boolean
language plpgsql
security invoker
set search_path = ''
as $$
begin
  update public.calcom_sync_state c
  set created_cursor = greatest(
      c.created_cursor, (p_progress ->> 'createdCursor')::timestamptz),
    updated_cursor = greatest(
      c.updated_cursor, (p_progress ->> 'updatedCursor')::timestamptz),
    scan_from = coalesce((p_progress ->> 'scanFrom')::timestamptz, c.scan_from),
    scan_after = case when p_progress ? 'scanAfter'
      then (p_progress ->> 'scanAfter')::timestamptz else c.scan_after end,
    scan_total = coalesce((p_progress ->> 'scanTotal')::integer, c.scan_total),
    scan_done = coalesce((p_progress ->> 'scanDone')::integer, c.scan_done),
    last_scan_at = case when p_progress ? 'scanAfter' and p_progress ->> 'scanAfter' is null
      then now() else c.last_scan_at end,
    leased_until = now() + make_interval(secs => p_lease_seconds)
  where c.salon_id = p_salon_id and c.lease_token = p_lease_token;
  return found;
end;
$$;
revoke all on function public.calcom_sync_note(uuid, uuid, jsonb, integer)
  from public, anon, authenticated;
grant execute on function public.calcom_sync_note(uuid, uuid, jsonb, integer) to service_role;
comment on function public.calcom_sync_note(uuid, uuid, jsonb, integer) is
  'Notes how far a run has come and prolongs its lease: createdCursor, updatedCursor, scanFrom, '
  'scanAfter (null: the scan is over), scanTotal, scanDone. False: the lease was lost, stop.';

create function public.calcom_sync_release(
  p_salon_id uuid, p_lease_token uuid, p_counts jsonb,
  p_error text default null, p_retry_after_seconds integer default null
)
returns boolean
language plpgsql
security invoker
set search_path = ''
as $$
begin
  update public.calcom_sync_state c
  set lease_token = null, leased_until = null, counts = p_counts, last_error = p_error,
    last_success_at = case when p_error is null then now() else c.last_success_at end,
    not_before = now() + make_interval(secs => coalesce(p_retry_after_seconds, case
      when p_error is null then null
      when p_error in ('key_missing', 'key_refused') then 3600
      else 300
    end))
  where c.salon_id = p_salon_id and c.lease_token = p_lease_token;
  return found;
end;
$$;
revoke all on function public.calcom_sync_release(uuid, uuid, jsonb, text, integer)
  from public, anon, authenticated;
grant execute on function public.calcom_sync_release(uuid, uuid, jsonb, text, integer)
  to service_role;
comment on function public.calcom_sync_release(uuid, uuid, jsonb, text, integer) is
  'Ends a run''s lease of a salon and notes how it went. After an error the salon rests: as long as '
  'Cal.com asked, an hour when it refused the key, else five minutes.';
