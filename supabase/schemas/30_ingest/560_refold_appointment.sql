-- Called by private.fold_appointment.

create function private.refold_appointment(
  appointment public.calendar_events, latest public.webhook_logs
)
returns public.calendar_events
language plpgsql
stable
set search_path = ''
as $$
declare
  folded public.calendar_events;
  step record;
begin
  for step in
    select d.delivery, d.generation,
      bool_or((d.delivery).webhook_type in (
        'BOOKING_REQUESTED', 'BOOKING_PAYMENT_INITIATED', 'BOOKING_CREATED')) over () as is_booked
    from private.applied_deliveries(appointment, latest) d
    order by private.fold_position(d.delivery, d.generation) collate "C"
  loop
    if folded.id is null then
      folded := private.initial_appointment(appointment, step.is_booked);
    end if;
    folded := private.fold_step(folded, step.delivery, step.generation);
  end loop;
  return case when folded.id is null
    then private.initial_appointment(appointment, false) else folded end;
end;
$$;
revoke all on function private.refold_appointment(public.calendar_events, public.webhook_logs)
  from public, anon, authenticated;
grant execute on function private.refold_appointment(public.calendar_events, public.webhook_logs)
  to service_role;
comment on function private.refold_appointment(public.calendar_events, public.webhook_logs) is
  'The appointment folded from its first delivery on. latest: the delivery that is being applied; '
  'null after an erasure.';
