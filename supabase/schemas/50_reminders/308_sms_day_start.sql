-- Called by private.sms_exceeded_limit, private.sms_skip_is_resolved and send_test_sms.

create function private.sms_day_start()
returns timestamptz
language plpgsql
stable
set search_path = ''
as $$
begin
  -- Of UTC: an owner who changes the salon's time zone would begin another day.
  return date_trunc('day', private.app_now(), 'UTC');
end;
$$;
revoke all on function private.sms_day_start() from public, anon, authenticated;
grant execute on function private.sms_day_start() to sms_worker;
comment on function private.sms_day_start() is
  'When the current day of the limits of SMS began: at midnight in UTC.';
