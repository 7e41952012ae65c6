-- Called by private.delivery_with_result.

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
  'After how many attempts a delivery becomes a dead letter. With private.retry_delay they take '
  'about three days, longer than a weekend.';
