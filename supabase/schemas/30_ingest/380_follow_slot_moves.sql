-- Called by private.write_appointment for seats.

create function private.follow_slot_moves(appointment uuid, latest public.webhook_logs)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  slot text;
  moved boolean;
  followed boolean := false;
begin
  loop
    moved := false;
    for slot in
      insert into public.calendar_event_uids
        (booking_uid, seat_id, event_id, replaced_uid, replaced_seat_id, generation)
      select m.uid, u.seat_id, appointment, u.booking_uid, u.seat_id, u.generation
      from public.calendar_event_uids u
      cross join lateral (
        select l.booking_uid as uid from public.webhook_logs l
        where l.booking ->> 'rescheduleUid' = u.booking_uid
          and l.webhook_type = 'BOOKING_RESCHEDULED' and (l.booking ->> 'wholeSlot')::boolean
          and l.salon_id is not distinct from latest.salon_id and l.status = 'success'
        union
        select latest.booking_uid
        where latest.webhook_type = 'BOOKING_RESCHEDULED'
          and (latest.booking ->> 'wholeSlot')::boolean
          and latest.booking ->> 'rescheduleUid' = u.booking_uid
      ) m
      where u.event_id = appointment and u.seat_id <> '' and m.uid <> u.booking_uid
        and not exists (
          select from public.calendar_event_uids later
          where later.event_id = appointment
            and later.replaced_uid = u.booking_uid and later.replaced_seat_id = u.seat_id)
      on conflict do nothing
      returning booking_uid
    loop
      perform private.lock_more_bookings(array[slot]);
      moved := true;
    end loop;
    exit when not moved;
    followed := true;
  end loop;
  return followed;
end;
$$;
revoke all on function private.follow_slot_moves(uuid, public.webhook_logs)
  from public, anon, authenticated;
grant execute on function private.follow_slot_moves(uuid, public.webhook_logs) to service_role;
comment on function private.follow_slot_moves(uuid, public.webhook_logs) is
  'Moves a seat with its slot when the host merged the slot into another, also a seat that appears '
  'later. True if it moved. latest: the delivery that is being applied.';
