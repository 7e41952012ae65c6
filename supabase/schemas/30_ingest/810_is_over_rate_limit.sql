-- Called by upsert_calendar_event.

create function private.is_over_rate_limit(salon uuid, rate_limit integer)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  -- Reads at most limit rows of the index. Snapshots do not count.
  return (
    select count(*) >= rate_limit
    from (
      select from public.webhook_logs l
      where l.salon_id = salon and l.created_at > now() - interval '1 minute'
        and l.webhook_type <> 'BOOKING_SYNCED'
      limit rate_limit
    ) latest
  );
end;
$$;
revoke all on function private.is_over_rate_limit(uuid, integer) from public, anon, authenticated;
grant execute on function private.is_over_rate_limit(uuid, integer) to service_role;
comment on function private.is_over_rate_limit(uuid, integer) is
  'Whether a salon has received as many deliveries as the limit allows within the last minute. '
  'Never true without a limit or a salon.';
