-- Called by private.sms_limit_of_day and private.sms_skip_is_resolved.

create function private.sms_day_start(salon uuid)
returns timestamptz
language sql
stable
set search_path = ''
as $$
  select date_trunc('day', private.app_now() at time zone s.timezone) at time zone s.timezone
  from public.salons s
  where s.id = salon;
$$;
revoke all on function private.sms_day_start(uuid) from public, anon, authenticated;
grant execute on function private.sms_day_start(uuid) to sms_worker;
comment on function private.sms_day_start(uuid) is
  'When the current day began, by the salon''s clock.';
