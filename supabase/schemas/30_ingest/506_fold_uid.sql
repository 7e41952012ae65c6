-- Called by private.fold_step for deliveries that contain a whole booking.

create function private.fold_uid(
  appointment public.calendar_events, delivery public.webhook_logs, whole_slot boolean
)
returns public.calendar_events
language plpgsql
immutable
set search_path = ''
as $$
begin
  if appointment.seat_id is null then
    appointment.cal_com_event_id := delivery.booking_uid;
    return appointment;
  end if;
  if not whole_slot then
    appointment.seat_id := delivery.seat_id;
  elsif delivery.webhook_type <> 'BOOKING_RESCHEDULED' then
    return appointment;
  end if;
  appointment.cal_com_event_id := private.cal_com_event_id(
    delivery.booking_uid, appointment.seat_id);
  if appointment.fold_state ->> 'uid' is distinct from delivery.booking_uid then
    appointment.fold_state := appointment.fold_state
      || jsonb_build_object('uid', delivery.booking_uid, 'inSlotSince', delivery.occurred_at);
  end if;
  return appointment;
end;
$$;
revoke all on function private.fold_uid(public.calendar_events, public.webhook_logs, boolean)
  from public, anon, authenticated;
grant execute on function private.fold_uid(public.calendar_events, public.webhook_logs, boolean)
  to service_role;
comment on function private.fold_uid(public.calendar_events, public.webhook_logs, boolean) is
  'The appointment under the uid of a booking. A seat also remembers since when it is in that '
  'slot.';
