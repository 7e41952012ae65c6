-- Called by upsert_calendar_event for a duplicate.

create function private.appointment_of_delivery(delivery public.webhook_logs)
returns uuid
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select u.event_id
    from public.calendar_event_uids u
    join public.calendar_events e on e.id = u.event_id and e.salon_id = delivery.salon_id
    where u.booking_uid = delivery.booking_uid
    order by u.seat_id <> delivery.seat_id
    limit 1
  );
end;
$$;
revoke all on function private.appointment_of_delivery(public.webhook_logs)
  from public, anon, authenticated;
grant execute on function private.appointment_of_delivery(public.webhook_logs) to service_role;
comment on function private.appointment_of_delivery(public.webhook_logs) is
  'The appointment that a delivery was applied to; one of them if it was about a whole slot.';
