-- Called by calendar_feed.

create function private.feed_time(moment timestamptz, zone text)
returns text
language plpgsql
stable
set search_path = ''
as $$
declare
  wall_time timestamp := moment at time zone zone;
begin
  -- When clocks are put back, an hour occurs twice. iCalendar defines it as the first, but not
  -- every calendar program does so.
  if zone = 'UTC' or wall_time in (
    (moment - interval '1 hour') at time zone zone, (moment + interval '1 hour') at time zone zone
  ) then
    return to_char(moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"');
  end if;
  return to_char(wall_time, 'YYYY-MM-DD"T"HH24:MI:SS');
end;
$$;
revoke all on function private.feed_time(timestamptz, text) from public, anon, authenticated;
grant execute on function private.feed_time(timestamptz, text) to service_role;
comment on function private.feed_time(timestamptz, text) is
  'A moment by the clock of a zone, such as 2026-11-24T09:30:00; in UTC, with a Z, where that '
  'clock shows the same time twice.';
