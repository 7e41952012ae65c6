-- Called by upsert_calendar_event.

create function private.defer_rate_limited(delivery uuid, rate_limit integer)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.webhook_logs l
  set status = 'processing', action = 'deferred', reason = 'rate_limited',
    error_message = format('Rate limited: more than %s deliveries of this salon within a minute. '
      'It is retried automatically.', rate_limit),
    -- Spread out, so that a burst is not retried all at once.
    next_attempt_at = now() + interval '1 minute' + random() * interval '30 seconds',
    duration_ms = extract(epoch from clock_timestamp() - now()) * 1000
  where l.id = delivery;
end;
$$;
revoke all on function private.defer_rate_limited(uuid, integer) from public, anon, authenticated;
grant execute on function private.defer_rate_limited(uuid, integer) to service_role;
comment on function private.defer_rate_limited(uuid, integer) is
  'Defers a delivery by one to one and a half minutes, when the retry job applies it.';
