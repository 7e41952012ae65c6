-- Called by private.sync_booking for seats.

create function private.previous_slot_of_seat(salon uuid, booking jsonb, as_of timestamptz)
returns text
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select e.fold_state ->> 'uid'
    from public.calendar_events e
    where e.salon_id = salon and e.seat_id = booking ->> 'seatId'
      and e.fold_state ->> 'uid' <> booking ->> 'uid'
      -- A later webhook delivery is about a later move.
      and coalesce(e.last_event_at <= as_of, true)
    limit 1
  );
end;
$$;
revoke all on function private.previous_slot_of_seat(uuid, jsonb, timestamptz)
  from public, anon, authenticated;
grant execute on function private.previous_slot_of_seat(uuid, jsonb, timestamptz) to service_role;
comment on function private.previous_slot_of_seat(uuid, jsonb, timestamptz) is
  'The slot in which the calendar still has a seat that Cal.com lists in another one. A seat that '
  'moves into an existing slot keeps its id, and the API does not tell where it came from.';
