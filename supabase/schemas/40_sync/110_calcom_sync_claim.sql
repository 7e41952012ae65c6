-- Called by functions/calcom-sync when a run starts.

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
  perform private.record_sync_wake_up() where p_salon_id is null;
  -- Salons that have never been synced.
  insert into public.calcom_sync_state (salon_id)
  select s.id from public.salons s
  where s.cal_com_username is not null
    and (s.id = p_salon_id
      or p_salon_id is null and private.has_salon_secret('calcom_api_key', s.id))
  on conflict on constraint calcom_sync_state_pkey do nothing;

  -- Choose the salon.
  select c.* into state
  from public.calcom_sync_state c
  join public.salons s on s.id = c.salon_id and s.cal_com_username is not null
  where coalesce(c.leased_until <= now(), true)
    and (c.salon_id = p_salon_id or p_salon_id is null
      and coalesce(c.not_before <= now(), true)
      and (c.scan_after is not null or c.requested_at is not null
        or coalesce(c.last_started_at <= now() - interval '9 minutes', true))
      and private.has_salon_secret('calcom_api_key', c.salon_id))
  order by c.requested_at nulls last, c.last_started_at nulls first
  limit 1
  for update of c skip locked;
  if state.salon_id is null then
    return;
  end if;

  -- Start a backfill, unless the same one is still running: it resumes where it left off.
  if p_from is not null and (state.scan_after is null or state.scan_from <> p_from) then
    state.scan_from := p_from;
    state.scan_after := p_from;
    state.scan_total := null;
    state.scan_done := 0;
  end if;
  -- Lease the salon.
  update public.calcom_sync_state c
  set lease_token = gen_random_uuid(),
    leased_until = now() + make_interval(secs => p_lease_seconds),
    last_started_at = now(), requested_at = null, scan_from = state.scan_from,
    scan_after = state.scan_after,
    scan_total = state.scan_total, scan_done = state.scan_done
  where c.salon_id = state.salon_id
  returning c.* into state;
  return query
    -- On BarkBook's table the username is a varchar.
    select state.salon_id, s.cal_com_username::text, state.lease_token, state.created_cursor,
      state.updated_cursor, state.scan_after, state.scan_total, state.scan_done,
      coalesce(state.last_scan_at < now() - interval '20 hours', true)
    from public.salons s where s.id = state.salon_id;
end;
$$;
revoke all on function public.calcom_sync_claim(uuid, timestamptz, integer)
  from public, anon, authenticated;
grant execute on function public.calcom_sync_claim(uuid, timestamptz, integer) to service_role;
comment on function public.calcom_sync_claim(uuid, timestamptz, integer) is
  'Leases a salon to a run of functions/calcom-sync: the given one, or one that has a key and was '
  'requested (see private.request_sync), or the one that has waited longest, at least nine '
  'minutes. p_from: also read all bookings that start from then on. Returns no row if another run '
  'has the salon, or nothing is due. Security definer, because no API role may see which salons '
  'have a key in Vault.';
