-- Called by upsert_calendar_event.

create function private.rate_limited(delivery public.webhook_logs, rate_limit integer)
returns public.webhook_logs
language plpgsql
set search_path = ''
as $$
begin
  delivery.status := 'processing';
  delivery.action := 'deferred';
  delivery.reason := 'rate_limited';
  delivery.error_message := format('Rate limited: more than %s deliveries of this salon within a '
    'minute. It is retried automatically.', rate_limit);
  -- Spread out, so that a burst is not retried all at once.
  delivery.next_attempt_at := now() + interval '1 minute' + random() * interval '30 seconds';
  delivery.duration_ms := extract(epoch from clock_timestamp() - now()) * 1000;
  return delivery;
end;
$$;
revoke all on function private.rate_limited(public.webhook_logs, integer)
  from public, anon, authenticated;
grant execute on function private.rate_limited(public.webhook_logs, integer) to service_role;
comment on function private.rate_limited(public.webhook_logs, integer) is
  'A delivery that is deferred by one to one and a half minutes. Then the retry job applies it.';
