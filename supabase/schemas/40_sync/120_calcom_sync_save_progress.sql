-- Called by functions/calcom-sync after each page.

create function public.calcom_sync_save_progress(
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
revoke all on function public.calcom_sync_save_progress(uuid, uuid, jsonb, integer)
  from public, anon, authenticated;
grant execute on function public.calcom_sync_save_progress(uuid, uuid, jsonb, integer)
  to service_role;
comment on function public.calcom_sync_save_progress(uuid, uuid, jsonb, integer) is
  'Saves how far a run has come and extends its lease. p_progress: createdCursor, updatedCursor, '
  'scanFrom, scanAfter (null: the scan is complete), scanTotal, scanDone. False if the lease was '
  'lost; then the run must stop.';
