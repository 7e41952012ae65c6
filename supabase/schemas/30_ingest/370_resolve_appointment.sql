-- Called by private.locate_appointments for deliveries that contain a whole booking.

create function private.resolve_appointment(
  booking jsonb, key text, salon uuid, happened_at timestamptz
)
returns uuid
language plpgsql
set search_path = ''
as $$
declare
  old_key text := private.find_predecessor(booking, salon, happened_at);
  first_key text := private.original_uid(booking);
  appointments uuid[];
  foreign_salon boolean;
begin
  if (booking ->> 'seated')::boolean then
    perform private.match_seat_placeholder(booking, key, old_key);
  end if;
  select array_agg(u.event_id order by k.position), bool_or(e.salon_id <> salon)
  into appointments, foreign_salon
  from unnest(array[first_key, old_key, key]) with ordinality as k (key, position)
  join public.calendar_event_uids u on u.cal_com_event_id = k.key
  join public.calendar_events e on e.id = u.event_id;
  if foreign_salon then
    return null;
  end if;
  if appointments is null then
    appointments := array[gen_random_uuid()];
  elsif appointments[1] <> any (appointments) then
    perform private.merge_appointments(
      appointments[1], array_remove(appointments, appointments[1]));
  end if;

  insert into public.calendar_event_uids as u (cal_com_event_id, booking_uid, event_id, replaces)
  select k.key, split_part(k.key, '#', 1), appointments[1], k.replaces
  from (values (key, old_key), (old_key, first_key), (first_key, null)) as k (key, replaces)
  where k.key is not null and k.key is distinct from k.replaces
  on conflict on constraint calendar_event_uids_pkey do update set replaces = excluded.replaces
  where u.replaces is null and excluded.replaces is not null;
  if old_key is not null then
    perform private.number_generations(appointments[1]);
  end if;
  return appointments[1];
end;
$$;
revoke all on function private.resolve_appointment(jsonb, text, uuid, timestamptz)
  from public, anon, authenticated;
grant execute on function private.resolve_appointment(jsonb, text, uuid, timestamptz)
  to service_role;
comment on function private.resolve_appointment(jsonb, text, uuid, timestamptz) is
  'The id of the appointment; if the booking is new, its row does not exist yet. A reschedule that '
  'arrives last may connect two appointments: the older id remains. Null if the booking belongs to '
  'another salon.';
