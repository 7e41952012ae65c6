-- Quiet hours. Called by the views of reminders, and before a message is sent.

create function private.sms_allowed_at(
  moment timestamptz, zone text, quiet_from time, quiet_to time
)
returns timestamptz
language plpgsql
stable
set search_path = ''
as $$
declare
  day date := moment at time zone zone;
  clock time := moment at time zone zone;
begin
  return case
    when quiet_from < quiet_to and clock >= quiet_from and clock < quiet_to
      then (day + quiet_to) at time zone zone
    when quiet_from > quiet_to and clock >= quiet_from then (day + 1 + quiet_to) at time zone zone
    when quiet_from > quiet_to and clock < quiet_to then (day + quiet_to) at time zone zone
    else moment
  end;
end;
$$;
revoke all on function private.sms_allowed_at(timestamptz, text, time, time)
  from public, anon, authenticated;
grant execute on function private.sms_allowed_at(timestamptz, text, time, time)
  to sms_worker;
-- The view upcoming_reminders calls it with the rights of its reader.
grant execute on function private.sms_allowed_at(timestamptz, text, time, time) to authenticated;
comment on function private.sms_allowed_at(timestamptz, text, time, time) is
  'The first moment at or after a given one that is outside the quiet hours of a time zone.';
