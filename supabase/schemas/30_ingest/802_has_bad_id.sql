-- Called by upsert_calendar_event.

create function private.has_bad_id(booking jsonb)
returns boolean
language plpgsql
immutable
set search_path = ''
as $$
begin
  return position('#' in concat(
    booking ->> 'uid', booking ->> 'rescheduleUid', booking ->> 'seatId')) > 0;
end;
$$;
revoke all on function private.has_bad_id(jsonb) from public, anon, authenticated;
grant execute on function private.has_bad_id(jsonb) to service_role;
comment on function private.has_bad_id(jsonb) is
  'Whether an id contains #, which separates uid and seat in calendar_events.cal_com_event_id. '
  'Cal.com makes no such id.';
