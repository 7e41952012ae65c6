-- Called by upsert_calendar_event.

create function private.with_booking(delivery public.webhook_logs, booking jsonb)
returns public.webhook_logs
language plpgsql
stable
set search_path = ''
as $$
begin
  delivery.booking := booking;
  delivery.booking_uid := booking ->> 'uid';
  delivery.seat_id := private.booking_seat_id(booking);
  delivery.cal_com_event_id := private.cal_com_event_id(delivery.booking_uid, delivery.seat_id);
  delivery.occurred_at := private.delivery_stamp(booking, delivery.created_at);
  return delivery;
end;
$$;
revoke all on function private.with_booking(public.webhook_logs, jsonb)
  from public, anon, authenticated;
grant execute on function private.with_booking(public.webhook_logs, jsonb) to service_role;
comment on function private.with_booking(public.webhook_logs, jsonb) is
  'A delivery with what was read from its body: the booking, its ids and its stamp.';
