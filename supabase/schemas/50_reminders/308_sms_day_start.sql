-- Called by private.sms_limit_of_day and private.sms_skip_is_resolved.

create function private.sms_day_start()
returns timestamptz
language sql
stable
set search_path = ''
as $$
  -- Of UTC: an owner who changes the salon's time zone would begin another day.
  select date_trunc('day', private.app_now(), 'UTC');
$$;
revoke all on function private.sms_day_start() from public, anon, authenticated;
grant execute on function private.sms_day_start() to sms_worker;
comment on function private.sms_day_start() is
  'When the current day of the limits of SMS began: at midnight in UTC.';
