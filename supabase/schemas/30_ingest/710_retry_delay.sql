-- Called by private.delivery_with_result.

create function private.retry_delay(attempts integer, jitter double precision default random())
returns interval
language plpgsql
volatile
set search_path = ''
as $$
begin
  -- Jitter spreads out deliveries that failed together.
  return least(interval '1 minute' * 2 ^ least(attempts - 1, 20), interval '6 hours')
    * (0.75 + 0.5 * jitter);
end;
$$;
revoke all on function private.retry_delay(integer, double precision)
  from public, anon, authenticated;
grant execute on function private.retry_delay(integer, double precision) to service_role;
comment on function private.retry_delay(integer, double precision) is
  'The delay after a number of failed attempts: one minute, doubled each time up to six hours, '
  'varied by a quarter. jitter: a random number from 0 to 1, for tests.';
