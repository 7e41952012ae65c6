-- Called by private.apply_delivery for deliveries with the warning series_unverified.

create function private.request_sync(salon uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.calcom_sync_state c set requested_at = now()
  where c.salon_id = salon and c.requested_at is null;
  -- One call until a run has started, however many deliveries ask for it.
  if found then
    perform private.start_function('calcom-sync');
  end if;
end;
$$;
revoke all on function private.request_sync(uuid) from public, anon, authenticated;
grant execute on function private.request_sync(uuid) to service_role;
comment on function private.request_sync(uuid) is
  'Syncs a salon at once, because a delivery may stand for more bookings than it names. Does '
  'nothing for a salon that was never synced.';
