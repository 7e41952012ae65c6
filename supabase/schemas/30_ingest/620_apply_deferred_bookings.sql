-- Called by private.apply_delivery_to_salon before and after it applies a delivery.

create function private.apply_deferred_bookings(uids text[], salon uuid)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  waiting public.webhook_logs;
  applied boolean := false;
begin
  for waiting in
    select l.* from public.webhook_logs l
    where l.status <> 'success' and l.has_full_booking and l.salon_id = salon
      and (l.booking ->> 'uid' = any (uids) or l.booking ->> 'rescheduleUid' = any (uids))
    order by l.occurred_at
  loop
    -- One that was applied before may have brought this one along.
    continue when not exists (
      select from public.webhook_logs l where l.id = waiting.id and l.status <> 'success')
      or not private.try_lock_booking(waiting.booking);
    perform private.process_delivery(waiting);
    applied := true;
  end loop;
  return applied;
end;
$$;
revoke all on function private.apply_deferred_bookings(text[], uuid)
  from public, anon, authenticated;
grant execute on function private.apply_deferred_bookings(text[], uuid) to service_role;
comment on function private.apply_deferred_bookings(text[], uuid) is
  'Bookings and reschedules that could not be applied when they came, because no salon was known '
  'or something failed, get another chance as soon as one of their uids is heard of again. True '
  'if there were any.';
