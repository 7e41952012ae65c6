-- A snapshot may be the first to tell of a seat, and so of one that somebody came back to. It must
-- not take the place that is kept for the seat they once left, since it came after that.
-- Objects: private.adopt_unseen_seat, extended; private.take_kept_place, which is adopt_unseen_seat
-- as it was.
-- Destructive: no. Undo: drop adopt_unseen_seat, rename take_kept_place back to adopt_unseen_seat.

alter function private.adopt_unseen_seat(jsonb, text, text) rename to take_kept_place;
comment on function private.take_kept_place(jsonb, text, text) is
  'A seat appears after the delivery that moved it away: it takes the place that was kept for it '
  'under the attendee (see find_predecessor).';

create function private.adopt_unseen_seat(booking jsonb, key text, old_key text)
returns void
language plpgsql
set search_path = ''
as $$
declare
  unseen text := (booking ->> 'uid') || '#' || private.seat_of(booking - 'seatId');
  came_later boolean;
begin
  -- What another salon says of these ids does not count.
  select min(heard.occurred_at) > min(move.occurred_at) into came_later
  from public.calendar_event_uids kept
  join public.calendar_events e on e.id = kept.event_id
  join public.calendar_event_uids u on u.event_id = kept.event_id and u.replaces = unseen
  join public.webhook_logs move
    on move.cal_com_event_id = u.cal_com_event_id and move.salon_id = e.salon_id
    and move.booking ->> 'rescheduleUid' = adopt_unseen_seat.booking ->> 'uid'
  join public.webhook_logs heard on heard.cal_com_event_id = key and heard.salon_id = e.salon_id
  where kept.cal_com_event_id = unseen;
  if came_later is not true then
    perform private.take_kept_place(booking, key, old_key);
  end if;
end;
$$;
revoke all on function private.adopt_unseen_seat(jsonb, text, text) from public, anon, authenticated;
grant execute on function private.adopt_unseen_seat(jsonb, text, text) to service_role;
comment on function private.adopt_unseen_seat(jsonb, text, text) is
  'A seat appears: it takes the place that a delivery kept which moved it away before, unless all '
  'that is known of the seat is later than that move.';
