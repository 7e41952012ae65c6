-- Called by private.apply_delivery when the salon was read from the booking.

create function private.assign_deferred_deliveries(booking jsonb, salon uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  uids text[] := private.booking_uids(booking);
begin
  update public.webhook_logs a
  set salon_id = salon
  where a.id in (
    select l.id
    from public.webhook_logs l
    where l.salon_id is null and l.status <> 'success'
      and (l.booking ->> 'uid' = any (uids) or l.booking ->> 'rescheduleUid' = any (uids))
    -- Skip a row that another transaction is assigning: it may be waiting for the salon's lock.
    for update skip locked
  );
end;
$$;
revoke all on function private.assign_deferred_deliveries(jsonb, uuid)
  from public, anon, authenticated;
grant execute on function private.assign_deferred_deliveries(jsonb, uuid) to service_role;
comment on function private.assign_deferred_deliveries(jsonb, uuid) is
  'Assigns deferred deliveries without a salon to the salon of their booking. Not called when the '
  'webhook determines the salon: such a delivery could name any uid and would reveal what is '
  'deferred for it.';
