-- Called by private.record_sms_change.

create function private.was_cancelled_by_salon(appointment public.calendar_events)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return coalesce((appointment.fold_state ->> 'cancelledBySalon')::boolean, false);
end;
$$;
revoke all on function private.was_cancelled_by_salon(public.calendar_events)
  from public, anon, authenticated;
comment on function private.was_cancelled_by_salon(public.calendar_events) is
  'Whether the salon cancelled or declined an appointment.';
