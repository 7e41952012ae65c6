-- Called by private.apply_delivery_to_salon once the appointment is written.

create function private.complete_deferred_deliveries(appointment uuid, applied uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.webhook_logs l
  set status = 'success', action = 'applied', error_message = null,
    processed_at = clock_timestamp(), next_attempt_at = null
  from public.calendar_event_uids u
  join public.calendar_events e on e.id = u.event_id
  where u.event_id = appointment and l.cal_com_event_id in (u.cal_com_event_id, u.booking_uid)
    and l.status <> 'success' and not l.has_full_booking and l.id <> applied
    and l.salon_id = e.salon_id
    -- What waits for a slot may be about another of its seats, or about all of them: those that
    -- are known already learn of it when it is tried again.
    and (l.cal_com_event_id = u.cal_com_event_id
      or (l.booking ->> 'wholeSlot')::boolean and not exists (
        select from public.calendar_event_uids other
        where other.booking_uid = u.booking_uid and other.event_id <> appointment)
      or private.matching_attendee(l.booking, e.attendee_email, e.attendee_phone) is not null);
end;
$$;
revoke all on function private.complete_deferred_deliveries(uuid, uuid) from public, anon, authenticated;
grant execute on function private.complete_deferred_deliveries(uuid, uuid) to service_role;
comment on function private.complete_deferred_deliveries(uuid, uuid) is
  'Cancellations, ends and no-shows that waited for this appointment were folded into it just now: marks '
  'them done.';
