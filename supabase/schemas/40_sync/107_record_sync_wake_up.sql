-- Called by calcom_sync_claim.

create function private.record_sync_wake_up()
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into private.sync_wake_up as wake_up (woken_at) values (now())
  on conflict ((true)) do update set woken_at = excluded.woken_at
  -- A run claims many salons, some at the same time.
  where wake_up.woken_at < excluded.woken_at - interval '1 minute';
end;
$$;
revoke all on function private.record_sync_wake_up() from public, anon, authenticated;
comment on function private.record_sync_wake_up() is
  'Records that functions/calcom-sync was started, for health_report.';
