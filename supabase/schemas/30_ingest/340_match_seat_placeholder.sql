-- Called by private.resolve_appointment for every seat. A snapshot may be the first to mention a seat that
-- somebody came back to; it must not take the placeholder of the seat they left before.

create function private.match_seat_placeholder(booking jsonb, key text, old_key text)
returns void
language plpgsql
set search_path = ''
as $$
declare
  unseen text := (booking ->> 'uid') || '#' || private.booking_seat_id(booking - 'seatId');
  came_later boolean;
begin
  -- What another salon says of these ids does not count.
  select min(heard.occurred_at) > min(move.occurred_at) into came_later
  from public.calendar_event_uids kept
  join public.calendar_events e on e.id = kept.event_id
  join public.calendar_event_uids u on u.event_id = kept.event_id and u.replaces = unseen
  join public.webhook_logs move
    on move.cal_com_event_id = u.cal_com_event_id and move.salon_id = e.salon_id
    and move.booking ->> 'rescheduleUid' = match_seat_placeholder.booking ->> 'uid'
  join public.webhook_logs heard on heard.cal_com_event_id = key and heard.salon_id = e.salon_id
  where kept.cal_com_event_id = unseen;
  if came_later is not true then
    perform private.fill_seat_placeholder(booking, key, old_key);
  end if;
end;
$$;
revoke all on function private.match_seat_placeholder(jsonb, text, text)
  from public, anon, authenticated;
grant execute on function private.match_seat_placeholder(jsonb, text, text) to service_role;
comment on function private.match_seat_placeholder(jsonb, text, text) is
  'A seat appears: it takes the place that a delivery kept which moved it away before, unless all '
  'that is known of the seat is later than that move.';
