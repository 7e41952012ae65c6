-- Called by private.locate_appointments for deliveries that create no appointment.

create function private.find_appointments(delivery public.webhook_logs, salon uuid)
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
    where u.booking_uid = delivery.booking_uid and delivery.seat_id in (u.seat_id, '')
      or u.booking_uid = delivery.booking ->> 'rescheduleUid' and delivery.seat_id = ''
    -- The order in which their rows are locked.
    order by u.event_id
  );
end;
$$;
revoke all on function private.find_appointments(public.webhook_logs, uuid)
  from public, anon, authenticated;
grant execute on function private.find_appointments(public.webhook_logs, uuid) to service_role;
comment on function private.find_appointments(public.webhook_logs, uuid) is
  'The existing appointments that a delivery is about: one, or every seat of a slot.';
