-- Called by upsert_calendar_event and replay_delivery.

create function private.lock_for_delivery(
  booking jsonb, salon uuid, from_salon_webhook boolean
)
returns uuid
language plpgsql
set search_path = ''
as $$
declare
  host text := lower(booking ->> 'organizerUsername');
begin
  salon := coalesce(salon, private.find_salon(booking));
  -- Until the salon of this host exists, or while it is about to get its username: otherwise the
  -- salon and the delivery could miss each other.
  if salon is null and host is not null then
    perform pg_advisory_xact_lock_shared(private.lock_key('username', host));
  end if;
  if booking ->> 'rescheduleUid' is null then
    perform pg_advisory_xact_lock(private.lock_key('booking', booking ->> 'uid'));
  else
    perform private.lock_bookings(booking);
  end if;
  salon := coalesce(salon, private.find_salon(booking));
  -- A salon's own webhook can name a booking of another salon, which must not stay locked while a
  -- batch of this one is running.
  if salon is not null and not (from_salon_webhook
    and private.belongs_to_other_salon(private.booking_uids(booking), salon, true)) then
    perform pg_advisory_xact_lock_shared(private.lock_key('salon', salon::text));
  end if;
  return salon;
end;
$$;
revoke all on function private.lock_for_delivery(jsonb, uuid, boolean)
  from public, anon, authenticated;
grant execute on function private.lock_for_delivery(jsonb, uuid, boolean) to service_role;
comment on function private.lock_for_delivery(jsonb, uuid, boolean) is
  'Locks the booking of a delivery, shares the lock of its salon, and returns the salon; null if '
  'it is unknown. salon: if it is known already. from_salon_webhook: see webhook_logs.';
