-- Called where two times of Cal.com are compared.

create function private.stamp_tolerance()
returns interval
language sql
immutable
set search_path = ''
as $$
  select interval '1 minute';
$$;
revoke all on function private.stamp_tolerance() from public, anon, authenticated;
grant execute on function private.stamp_tolerance() to service_role;
comment on function private.stamp_tolerance() is
  'Hosted Cal.com stamps a delivery when it queues it: 0.5 to 45 seconds late, differently by '
  'trigger (measured in 2026 beside the times in its API). A stamp may be off by this much, so two '
  'stamps show an order only if they are twice as far apart.';
