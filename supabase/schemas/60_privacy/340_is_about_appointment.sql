-- Called by private.erase_client_data and private.unlinked_client_deliveries.

create function private.is_about_appointment(delivery public.webhook_logs, salon uuid)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return exists (
    select from public.calendar_event_uids u
    join public.calendar_events e on e.id = u.event_id and e.salon_id = salon
    where u.booking_uid = delivery.booking_uid and delivery.seat_id in (u.seat_id, ''));
end;
$$;
revoke all on function private.is_about_appointment(public.webhook_logs, uuid)
  from public, anon, authenticated;
comment on function private.is_about_appointment(public.webhook_logs, uuid) is
  'Whether a delivery is about an appointment of the salon, or about the slot that its seat is in.';
