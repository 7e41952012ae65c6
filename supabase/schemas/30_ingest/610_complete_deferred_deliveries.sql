-- Called by private.apply_delivery_to_salon once the appointment is written.

create function private.complete_deferred_deliveries(appointment uuid, applied uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.webhook_logs l
  set status = 'success', action = 'applied', reason = null, error_message = null,
    processed_at = clock_timestamp(), next_attempt_at = null
  from public.calendar_event_uids u
  join public.calendar_events e on e.id = u.event_id
  where u.event_id = appointment and l.cal_com_event_id in (u.cal_com_event_id, u.booking_uid)
    and l.status <> 'success' and not l.has_full_booking and l.id <> applied
    and l.salon_id = e.salon_id
    -- A delivery about a slot may concern another of its seats, or all of them: then the retry
    -- applies it to each.
    and (l.cal_com_event_id = u.cal_com_event_id
      or (l.booking ->> 'wholeSlot')::boolean and not exists (
        select from public.calendar_event_uids other
        where other.booking_uid = u.booking_uid and other.event_id <> appointment)
      or private.matching_attendee(l.booking, e.attendee_email, e.attendee_phone) is not null);
end;
$$;
revoke all on function private.complete_deferred_deliveries(uuid, uuid)
  from public, anon, authenticated;
grant execute on function private.complete_deferred_deliveries(uuid, uuid) to service_role;
comment on function private.complete_deferred_deliveries(uuid, uuid) is
  'Marks deferred cancellations, ends and no-shows as applied, which the fold of this appointment '
  'has just included.';
