-- Called by private.refold_appointment.

create function private.new_appointment(appointment uuid, delivery public.webhook_logs)
returns public.calendar_events
language plpgsql
stable
set search_path = ''
as $$
declare
  made public.calendar_events;
begin
  made.id := appointment;
  made.cal_com_event_id := delivery.cal_com_event_id;
  made.title := 'Wizyta';
  made.created_at := delivery.occurred_at;
  made.synced_at := delivery.created_at;
  made.updated_at := now();
  return made;
end;
$$;
revoke all on function private.new_appointment(uuid, public.webhook_logs)
  from public, anon, authenticated;
grant execute on function private.new_appointment(uuid, public.webhook_logs) to service_role;
comment on function private.new_appointment(uuid, public.webhook_logs) is
  'The row of a new appointment before the fold, with the delivery that made it known.';
