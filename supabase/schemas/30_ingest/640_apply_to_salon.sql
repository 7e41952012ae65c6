-- Applies a delivery whose salon is known. Called by private.apply_booking.

create function private.apply_to_salon(
  delivery public.webhook_logs,
  out action text, out event_id uuid, out reason text, out salon uuid, out warnings text[]
)
language plpgsql
set search_path = ''
as $$
declare
  booking jsonb := delivery.booking;
  key text := delivery.cal_com_event_id;
  events uuid[];
  changed boolean := false;
begin
  warnings := '{}';
  action := 'deferred';
  salon := coalesce(delivery.salon_id, private.find_salon(booking));
  if salon is null then
    reason := case when delivery.books_a_time
      then 'salon_not_found' else 'booking_unknown' end;
    return;
  end if;
  -- A fold reads what others of the salon may be writing (two rows that become one, a second
  -- client with the same phone), so a salon's deliveries are applied one after the other.
  perform pg_advisory_xact_lock(hashtextextended('salon ' || salon::text, 0));

  if delivery.books_a_time
    and not ((booking ->> 'seated')::boolean and key = booking ->> 'uid') then
    events := array[private.claim_event(booking, key, salon, delivery.occurred_at)];
    if events[1] is null then
      reason := 'other_salon';
      return;
    end if;
  else
    events := private.events_of(booking, key, salon);
    if cardinality(events) = 0
      and private.apply_waiting_bookings(private.uids_of(booking), salon) then
      events := private.events_of(booking, key, salon);
    end if;
    if cardinality(events) = 0 then
      reason := 'booking_unknown';
      return;
    end if;
  end if;

  foreach event_id in array events loop
    changed := private.refold_event(event_id, salon, delivery) or changed;
    perform private.settle_waiting(event_id, delivery.id);
  end loop;
  perform private.apply_waiting_bookings(array(
    select u.booking_uid from public.calendar_event_uids u where u.event_id = any (events)), salon);
  -- Of two rows that became one, the older stays.
  event_id := coalesce(
    (select u.event_id from public.calendar_event_uids u where u.cal_com_event_id = key), events[1]);
  action := case when changed then 'applied' else 'stale' end;
  -- Most bookings claim nothing and repeat nothing.
  if not delivery.books_a_time or (booking ->> 'recurring')::boolean
    or coalesce(booking ->> 'clientId', booking ->> 'petId') is not null then
    warnings := private.delivery_warnings(booking, events);
  end if;
end;
$$;
revoke all on function private.apply_to_salon(public.webhook_logs)
  from public, anon, authenticated;
grant execute on function private.apply_to_salon(public.webhook_logs) to service_role;
comment on function private.apply_to_salon(public.webhook_logs) is
  'Applies one logged delivery of a known salon. action: applied, stale, or deferred with a '
  'reason: '
  'booking_unknown, other_salon.';
