-- Called by private.resolve_appointment for every seat. A snapshot may be the first to mention a
-- seat that somebody returned to; it must not fill the placeholder of the seat they left before.

create function private.match_seat_placeholder(booking jsonb, key text, old_key text)
returns void
language plpgsql
set search_path = ''
as $$
declare
  placeholder text := (booking ->> 'uid') || '#' || private.booking_seat_id(booking - 'seatId');
  came_later boolean;
begin
  -- Deliveries of other salons about these ids do not count.
  select min(seat.occurred_at) > min(move.occurred_at) into came_later
  from public.calendar_event_uids kept
  join public.calendar_events e on e.id = kept.event_id
  join public.calendar_event_uids u on u.event_id = kept.event_id and u.replaces = placeholder
  join public.webhook_logs move
    on move.cal_com_event_id = u.cal_com_event_id and move.salon_id = e.salon_id
    and move.booking ->> 'rescheduleUid' = match_seat_placeholder.booking ->> 'uid'
  join public.webhook_logs seat on seat.cal_com_event_id = key and seat.salon_id = e.salon_id
  where kept.cal_com_event_id = placeholder;
  if came_later is not true then
    perform private.fill_seat_placeholder(booking, key, old_key);
  end if;
end;
$$;
revoke all on function private.match_seat_placeholder(jsonb, text, text)
  from public, anon, authenticated;
grant execute on function private.match_seat_placeholder(jsonb, text, text) to service_role;
comment on function private.match_seat_placeholder(jsonb, text, text) is
  'Matches a seat that appears with its placeholder, unless all deliveries about the seat are '
  'later than the move that created the placeholder.';
