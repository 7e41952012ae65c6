-- Called by functions/calcom-sync when a run ends.

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
  'Ends the lease of a run and records its result. After an error the sync of the salon pauses: as '
  'long as Cal.com asked, an hour if the key is missing or was refused, otherwise five minutes.';
