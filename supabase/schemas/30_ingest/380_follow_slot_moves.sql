-- Called by private.refold_appointment for seats.

create function private.follow_slot_moves(appointment uuid, salon uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  loop
    insert into public.calendar_event_uids (cal_com_event_id, booking_uid, event_id, replaces)
    select (l.booking ->> 'uid') || '#' || split_part(u.cal_com_event_id, '#', 2),
      l.booking ->> 'uid', appointment, u.cal_com_event_id
    from public.calendar_event_uids u
    join public.webhook_logs l on l.booking ->> 'rescheduleUid' = u.booking_uid
    where u.event_id = appointment
      and l.webhook_type = 'BOOKING_RESCHEDULED' and (l.booking ->> 'wholeSlot')::boolean
      and l.booking ->> 'uid' <> u.booking_uid
      and l.salon_id = salon
      and not exists (
        select from public.calendar_event_uids later
        where later.event_id = appointment and later.replaces = u.cal_com_event_id)
    on conflict (cal_com_event_id) do nothing;
    exit when not found;
    perform private.number_generations(appointment);
  end loop;
end;
$$;
revoke all on function private.follow_slot_moves(uuid, uuid) from public, anon, authenticated;
grant execute on function private.follow_slot_moves(uuid, uuid) to service_role;
comment on function private.follow_slot_moves(uuid, uuid) is
  'Moves a seat with its slot when the host merged the slot into another, also a seat that appears '
  'later.';
