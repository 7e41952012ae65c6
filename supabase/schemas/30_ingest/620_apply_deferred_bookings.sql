-- Called before a delivery is applied, by private.locate_appointments, and afterwards, by
-- private.apply_delivery_to_salon.

create function private.apply_deferred_bookings(uids text[], salon uuid)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  deferred public.webhook_logs;
  applied boolean := false;
begin
  for deferred in
    select l.* from public.webhook_logs l
    where l.status <> 'success' and l.has_full_booking and l.salon_id = salon
      and (l.booking ->> 'uid' = any (uids) or l.booking ->> 'rescheduleUid' = any (uids))
    order by l.occurred_at
  loop
    -- A delivery that was applied earlier in this loop may have applied this one as well.
    continue when not exists (
      select from public.webhook_logs l where l.id = deferred.id and l.status <> 'success')
      or not private.try_lock_booking(deferred.booking);
    perform private.process_delivery(deferred);
    applied := true;
  end loop;
  return applied;
end;
$$;
revoke all on function private.apply_deferred_bookings(text[], uuid)
  from public, anon, authenticated;
grant execute on function private.apply_deferred_bookings(text[], uuid) to service_role;
comment on function private.apply_deferred_bookings(text[], uuid) is
  'Retries deferred bookings and reschedules as soon as another delivery mentions one of their '
  'uids. True if there were any.';
