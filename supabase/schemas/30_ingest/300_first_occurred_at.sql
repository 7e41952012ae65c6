-- Called by private.seat_existed_at and private.match_seat_placeholder.

create function private.first_occurred_at(uid text, seat text)
returns timestamptz
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select min(l.occurred_at)
    from public.calendar_event_uids u
    join public.calendar_events e on e.id = u.event_id
    join public.webhook_logs l on l.booking_uid = u.booking_uid and l.seat_id = u.seat_id
      and l.salon_id is not distinct from e.salon_id and l.status = 'success'
    where u.booking_uid = uid and u.seat_id = seat
  );
end;
$$;
revoke all on function private.first_occurred_at(text, text) from public, anon, authenticated;
grant execute on function private.first_occurred_at(text, text) to service_role;
comment on function private.first_occurred_at(text, text) is
  'When the earliest applied delivery about a seat was queued. Deliveries of another salon than '
  'the seat''s do not count.';
