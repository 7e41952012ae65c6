-- Called by upsert_calendar_event.

create function private.defer_rate_limited(delivery uuid, rate_limit integer)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.webhook_logs l
  set status = 'processing', action = 'deferred',
    error_message = format('Waits its turn: more than %s deliveries of this salon came within a '
      'minute. It is applied by the clock, or as soon as its booking is heard of again.', rate_limit),
    -- Not all of a burst at the same moment.
    next_attempt_at = now() + interval '1 minute' + random() * interval '30 seconds',
    duration_ms = extract(epoch from clock_timestamp() - now()) * 1000
  where l.id = delivery;
end;
$$;
revoke all on function private.defer_rate_limited(uuid, integer) from public, anon, authenticated;
grant execute on function private.defer_rate_limited(uuid, integer) to service_role;
comment on function private.defer_rate_limited(uuid, integer) is
  'Leaves a delivery to the retry job, about a minute from now.';
