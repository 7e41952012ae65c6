-- Called by private.resolve_appointment for every seat. Who has two seats in a slot and moves one is
-- not told apart by the move: see private.seat_of_person.

create function private.undo_guessed_move(delivery public.webhook_logs)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  shows_live boolean := coalesce(
    delivery.booking -> 'snapshot' ->> 'status' in ('pending', 'accepted'), false);
  wrong record;
  stayed uuid := gen_random_uuid();
  known public.webhook_logs;
begin
  -- Not "=", for which Postgres might read all appointments of the salon.
  select later.event_id, later.booking_uid, later.seat_id, k.booking_uid as old_uid,
    k.seat_id as old_seat, k.generation
  into wrong
  from public.calendar_event_uids k
  join public.calendar_event_uids later on later.event_id = k.event_id
    and later.replaced_uid = k.booking_uid and later.replaced_seat_id = k.seat_id
    and later.seat_id <> k.seat_id
  join public.calendar_events e on e.id = k.event_id
    and e.salon_id is not distinct from delivery.salon_id
  where delivery.webhook_type = 'BOOKING_CREATED' and k.booking_uid = delivery.booking_uid
      and later.seat_id = delivery.seat_id
    or shows_live and k.seat_id = delivery.seat_id and k.seat_id <> '' and delivery.occurred_at
      > private.first_occurred_at(later.booking_uid, later.seat_id) + private.stamp_tolerance()
  limit 1;
  select l.* into known
  from public.calendar_event_uids u
  join public.webhook_logs l on l.booking_uid = u.booking_uid and l.seat_id = u.seat_id
  where u.event_id = wrong.event_id and u.seat_id = wrong.old_seat
    and l.salon_id = delivery.salon_id and l.status = 'success'
    and private.has_full_booking(l.webhook_type)
  order by l.occurred_at desc limit 1;
  if known.id is null then
    return false;
  end if;
  perform private.lock_more_bookings(array[wrong.old_uid, wrong.booking_uid]);
  perform from public.calendar_events e where e.id = wrong.event_id for update;

  update public.calendar_event_uids u set event_id = stayed
  where u.event_id = wrong.event_id and u.generation <= wrong.generation;
  if shows_live then
    update public.calendar_event_uids u set replaced_uid = null, replaced_seat_id = null
    where u.booking_uid = wrong.booking_uid and u.seat_id = wrong.seat_id;
  else
    -- Known already if something else was said of it in this slot.
    insert into public.calendar_event_uids (booking_uid, seat_id, event_id)
    values (delivery.booking_uid, delivery.seat_id, wrong.event_id)
    on conflict do nothing;
    update public.calendar_event_uids u set replaced_seat_id = delivery.seat_id
    where u.booking_uid = wrong.booking_uid and u.seat_id = wrong.seat_id;
  end if;
  perform private.number_generations(wrong.event_id, delivery);
  perform private.write_appointment(wrong.event_id, false, true, true, true, null);
  perform private.write_appointment(stayed, true, true, true, true, known);
  return true;
end;
$$;
revoke all on function private.undo_guessed_move(public.webhook_logs)
  from public, anon, authenticated;
grant execute on function private.undo_guessed_move(public.webhook_logs) to service_role;
comment on function private.undo_guessed_move(public.webhook_logs) is
  'Separates a seat from the one that its booker moved, if the move was read as this seat''s and the '
  'delivery disproves it: Cal.com still lists the seat, here or in another slot, or the moved seat '
  'was booked in this slot under the id that it has now. True if it did. What members and the '
  'client decided stays with the seat that moved.';
