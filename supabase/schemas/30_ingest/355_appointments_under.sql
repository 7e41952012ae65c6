-- Called by private.resolve_appointment.

create function private.appointments_under(uids text[], seats text[])
returns uuid[]
language plpgsql
set search_path = ''
as $$
declare
  appointments uuid[];
begin
  select array_agg(u.event_id order by k.position) into appointments
  from unnest(uids, seats) with ordinality as k (uid, seat, position)
  join public.calendar_event_uids u on u.booking_uid = k.uid and u.seat_id = k.seat;
  if appointments is not null then
    -- Before their uids change: two links of one chain could miss each other. In one order; a row
    -- that was merged meanwhile is gone.
    perform from public.calendar_events e where e.id = any (appointments) order by e.id for update;
    if exists (
      select from unnest(appointments) a (id)
      where not exists (select from public.calendar_events e where e.id = a.id)) then
      raise exception 'An appointment was merged meanwhile' using errcode = 'serialization_failure';
    end if;
  end if;
  return appointments;
end;
$$;
revoke all on function private.appointments_under(text[], text[])
  from public, anon, authenticated;
grant execute on function private.appointments_under(text[], text[]) to service_role;
comment on function private.appointments_under(text[], text[]) is
  'The appointments under these uids and seats, in that order; null if there are none. Their rows '
  'are locked.';
