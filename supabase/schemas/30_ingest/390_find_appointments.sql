-- Called by private.locate_appointments for deliveries without a whole booking.

create function private.find_appointments(booking jsonb, key text, salon uuid)
returns uuid[]
language plpgsql
stable
set search_path = ''
as $$
begin
  return array(
    select distinct u.event_id
    from public.calendar_event_uids u
    join public.calendar_events e
      on e.id = u.event_id and (e.salon_id = salon or e.salon_id is null)
    where u.cal_com_event_id = key
      or key = booking ->> 'uid' and u.booking_uid in (key, booking ->> 'rescheduleUid')
  );
end;
$$;
revoke all on function private.find_appointments(jsonb, text, uuid)
  from public, anon, authenticated;
grant execute on function private.find_appointments(jsonb, text, uuid) to service_role;
comment on function private.find_appointments(jsonb, text, uuid) is
  'The existing appointments that a delivery is about: one, or every seat of a slot.';
