-- Called by private.resolve_appointment for every seat. A snapshot may be the first to mention a
-- seat that somebody returned to; it must not fill the placeholder of the seat they left before.

create function private.match_seat_placeholder(
  delivery public.webhook_logs, old_uid text, old_seat text
)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  uid text := delivery.booking_uid;
  placeholder text := private.contact_seat_id(delivery.booking);
  kept public.calendar_event_uids;
  moved_at timestamptz;
begin
  select u.* into kept from public.calendar_event_uids u
  where u.booking_uid = uid and u.seat_id = placeholder;
  if kept.event_id is null or placeholder = delivery.seat_id
    or private.first_occurred_at(uid, placeholder) is not null then
    return false;
  end if;
  -- Deliveries of other salons about these uids do not count.
  select min(l.occurred_at) into moved_at
  from public.calendar_event_uids u
  join public.calendar_events e on e.id = u.event_id
  join public.webhook_logs l on l.booking_uid = u.booking_uid and l.seat_id = u.seat_id
    and l.salon_id is not distinct from e.salon_id and l.status = 'success'
    and l.booking ->> 'rescheduleUid' = uid
  where u.event_id = kept.event_id
    and u.replaced_uid = uid and u.replaced_seat_id = placeholder;
  if coalesce(least(private.first_occurred_at(uid, delivery.seat_id), delivery.occurred_at)
    > moved_at + 2 * private.stamp_tolerance(), false) then
    return false;
  end if;
  return private.fill_seat_placeholder(uid, delivery.seat_id, placeholder, old_uid, old_seat);
end;
$$;
revoke all on function private.match_seat_placeholder(public.webhook_logs, text, text)
  from public, anon, authenticated;
grant execute on function private.match_seat_placeholder(public.webhook_logs, text, text)
  to service_role;
comment on function private.match_seat_placeholder(public.webhook_logs, text, text) is
  'Matches a seat that appears with its placeholder, unless all deliveries about the seat are '
  'later than the move that created the placeholder. True if it was its placeholder.';
