-- The app clock: what the reminder job and every view that depends on the time of day use for
-- now(). Functions that take p_now set it with private.set_app_clock.

create function private.app_now()
returns timestamptz
-- An SQL function with a search_path would be planned again for every query that calls it.
language plpgsql
stable
set search_path = ''
as $$
begin
  return coalesce(nullif(current_setting('barkbook.app_now', true), '')::timestamptz, now());
end;
$$;
revoke all on function private.app_now() from public, anon;
-- Views and policies call it with the rights of the reader.
grant execute on function private.app_now() to authenticated, service_role, sms_worker;
comment on function private.app_now() is
  'The app clock: the time by which reminders and views are computed. It is now(), unless '
  'private.set_app_clock set another time in this transaction.';
