-- Called where the id of an appointment is written or compared.

create function private.cal_com_event_id(booking_uid text, seat_id text)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return case when seat_id = '' then booking_uid else booking_uid || '#' || seat_id end;
end;
$$;
revoke all on function private.cal_com_event_id(text, text) from public, anon, authenticated;
grant execute on function private.cal_com_event_id(text, text) to service_role;
comment on function private.cal_com_event_id(text, text) is
  'The id of an appointment as the app shows it: <uid>, or <uid>#<seat> for a seat. Ids of Cal.com '
  'contain no #: see upsert_calendar_event.';
