-- Called by private.process_delivery.

create function private.max_delivery_attempts()
returns integer
language sql
immutable
set search_path = ''
as $$
  select 20;
$$;
revoke all on function private.max_delivery_attempts() from public, anon, authenticated;
grant execute on function private.max_delivery_attempts() to service_role;
comment on function private.max_delivery_attempts() is
  'After so many attempts, which with private.retry_delay take about three days, so that a broken '
  'weekend costs nothing, a delivery is a dead letter.';
