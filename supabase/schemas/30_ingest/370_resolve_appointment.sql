-- Called by private.locate_appointments for deliveries that contain a whole booking.

create function private.resolve_appointment(
  delivery public.webhook_logs, salon uuid, out appointment uuid, out is_new boolean,
  out reordered boolean, out is_linked boolean
)
language plpgsql
set search_path = ''
as $$
declare
  old record;
  first_uid text := private.original_uid(delivery.booking);
  slots text[];
  found_ids uuid[];
  registered record;
begin
  old := private.find_predecessor(delivery, salon);
  reordered := delivery.seat_id <> ''
    and private.match_seat_placeholder(delivery, old.old_uid, old.old_seat);
  if delivery.seat_id <> '' then
    reordered := private.undo_guessed_move(delivery) or reordered;
  end if;
  slots := private.other_slots_of_seat(delivery, salon, old.old_uid, old.old_seat);
  reordered := reordered or cardinality(slots) > 0;
  found_ids := private.appointments_under(
    array[first_uid, old.old_uid, delivery.booking_uid] || slots,
    array['', old.old_seat, delivery.seat_id]
      || array_fill(delivery.seat_id, array[cardinality(slots)]));
  is_new := found_ids is null;
  appointment := case when is_new then gen_random_uuid() else found_ids[1] end;
  if appointment <> any (found_ids) then
    perform private.merge_appointments(appointment, array_remove(found_ids, appointment));
    reordered := true;
  end if;

  registered := private.register_uids(
    appointment, delivery.booking_uid, delivery.seat_id, old.old_uid, old.old_seat, first_uid);
  is_linked := reordered or registered.is_added or registered.reordered;
  reordered := reordered or registered.reordered
    -- Guesses are ordered by when they were heard of, which every booking may change.
    or exists (
      select from public.calendar_event_uids u where u.event_id = appointment and u.is_guess);
  if reordered then
    perform private.number_generations(appointment, delivery);
  end if;
  -- Something may have been known about a uid before it had an appointment.
  reordered := reordered or registered.is_added and exists (
    select from public.webhook_logs l
    where l.booking_uid = delivery.booking_uid and l.id <> delivery.id);
end;
$$;
revoke all on function private.resolve_appointment(public.webhook_logs, uuid)
  from public, anon, authenticated;
grant execute on function private.resolve_appointment(public.webhook_logs, uuid) to service_role;
comment on function private.resolve_appointment(public.webhook_logs, uuid) is
  'The appointment of a booking; if is_new, its row does not exist yet. A late reschedule may '
  'connect two appointments: the one under the earliest uid remains. reordered: more than one '
  'delivery may be new to the appointment, so that its row must be folded from the start. '
  'is_linked: its chain of uids changed.';
