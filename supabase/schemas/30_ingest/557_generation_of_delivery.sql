-- Called by private.fold_appointment and private.applied_deliveries.

create function private.generation_of_delivery(appointment uuid, delivery public.webhook_logs)
returns integer
language plpgsql
stable
set search_path = ''
as $$
begin
  return coalesce((
    select max(u.generation)
    from public.calendar_event_uids u
    where u.event_id = appointment
      and (u.booking_uid = delivery.booking_uid and delivery.seat_id in (u.seat_id, '')
        or u.booking_uid = delivery.booking ->> 'rescheduleUid' and delivery.seat_id = '')
  ), 0);
end;
$$;
revoke all on function private.generation_of_delivery(uuid, public.webhook_logs)
  from public, anon, authenticated;
grant execute on function private.generation_of_delivery(uuid, public.webhook_logs)
  to service_role;
comment on function private.generation_of_delivery(uuid, public.webhook_logs) is
  'The generation of the uid that a delivery is about, within one appointment.';
