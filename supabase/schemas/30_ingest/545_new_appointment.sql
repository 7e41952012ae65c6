-- Called by private.write_appointment.

create function private.new_appointment(
  appointment uuid, salon uuid, delivery public.webhook_logs
)
returns public.calendar_events
language plpgsql
immutable
set search_path = ''
as $$
declare
  made public.calendar_events;
begin
  made.id := appointment;
  made.cal_com_event_id := delivery.cal_com_event_id;
  made.seat_id := nullif(delivery.seat_id, '');
  made.salon_id := salon;
  made.title := 'Wizyta';
  made.updated_at := now();
  made.fold_state := '{"claims": [], "generation": 0}';
  return made;
end;
$$;
revoke all on function private.new_appointment(uuid, uuid, public.webhook_logs)
  from public, anon, authenticated;
grant execute on function private.new_appointment(uuid, uuid, public.webhook_logs)
  to service_role;
comment on function private.new_appointment(uuid, uuid, public.webhook_logs) is
  'The row of a new appointment before its first delivery.';
