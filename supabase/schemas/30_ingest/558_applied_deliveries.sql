-- Called by private.refold_appointment.

create function private.applied_deliveries(
  appointment public.calendar_events, latest public.webhook_logs
)
returns table (delivery public.webhook_logs, generation integer)
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  select d.delivery, d.generation
  from (
    select distinct on (l.id) l as delivery, u.generation
    from public.calendar_event_uids u
    join public.webhook_logs l on l.booking_uid = u.booking_uid and l.seat_id in (u.seat_id, '')
    where u.event_id = appointment.id
      -- Not "=", for which Postgres might read all deliveries of the salon.
      and l.salon_id is not distinct from appointment.salon_id
      and l.status = 'success' and l.booking is not null and l.id is distinct from latest.id
    order by l.id, u.generation desc
  ) d
  union all
  select latest, private.generation_of_delivery(appointment.id, latest)
  where latest.id is not null;
end;
$$;
revoke all on function private.applied_deliveries(public.calendar_events, public.webhook_logs)
  from public, anon, authenticated;
grant execute on function private.applied_deliveries(public.calendar_events, public.webhook_logs)
  to service_role;
comment on function private.applied_deliveries(public.calendar_events, public.webhook_logs) is
  'The deliveries from which an appointment is computed, with the generation of their uid: those '
  'that were applied, and the one that is being applied. For a seat, also those about its whole '
  'slot.';
