-- Called by private.process_delivery after a failed attempt.

create function private.retry_delay(attempts integer, dice double precision default random())
returns interval
language sql
volatile
set search_path = ''
as $$
  -- Jitter, so that those who failed together do not come back together.
  select least(interval '1 minute' * 2 ^ least(attempts - 1, 20), interval '6 hours')
    * (0.75 + 0.5 * dice);
$$;
revoke all on function private.retry_delay(integer, double precision)
  from public, anon, authenticated;
grant execute on function private.retry_delay(integer, double precision) to service_role;
comment on function private.retry_delay(integer, double precision) is
  'How long to wait after so many failed attempts: one minute, twice as long each time, six hours '
  'at most, a quarter more or less. dice: for tests.';
