-- Called by private.process_delivery.

create function private.apply_waiting(delivery public.webhook_logs, is_batch boolean)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  -- Each stays locked until this transaction ends, in a table of locks that all salons share.
  most constant integer := 100;
  deadline timestamptz := clock_timestamp() + interval '1 second';
  uids text[] := private.booking_uids(delivery.booking);
  tried uuid[] := array[delivery.id];
  waiting public.webhook_logs;
  is_locked boolean;
  result private.delivery_result;
  is_known boolean := delivery.status = 'success';
  applied boolean := false;
begin
  loop
    select l.* into waiting
    from public.webhook_logs l
    where l.status <> 'success' and l.booking is not null and l.id <> all (tried)
      and (l.booking_uid = any (uids) or l.booking ->> 'rescheduleUid' = any (uids))
      and (l.salon_id = delivery.salon_id
        -- A salon's own webhook could name any uid, and would learn what waits for it.
        or l.salon_id is null and not delivery.from_salon_webhook)
    -- Bookings first, because the others need them.
    order by private.has_full_booking(l.webhook_type) desc, l.occurred_at, l.id
    limit 1
    -- A row that another transaction has is being applied there.
    for update skip locked;
    -- While the booking is unknown, only another booking can change that.
    exit when waiting.id is null
      or not (is_known or applied or private.has_full_booking(waiting.webhook_type));
    if clock_timestamp() > deadline or cardinality(tried) > most then
      update public.webhook_logs l set next_attempt_at = now()
      -- Otherwise those that cannot be applied would make each other due for ever.
      where (is_known or applied) and l.id in (
        select rest.id from public.webhook_logs rest
        where rest.status <> 'success' and rest.booking is not null and rest.id <> all (tried)
          and (rest.booking_uid = any (uids) or rest.booking ->> 'rescheduleUid' = any (uids))
          and (rest.salon_id = delivery.salon_id
            or rest.salon_id is null and not delivery.from_salon_webhook)
        for update skip locked);
      exit;
    end if;
    tried := tried || waiting.id;
    is_locked := is_batch and waiting.salon_id is not null;
    waiting.salon_id := coalesce(
      waiting.salon_id, private.find_salon(waiting.booking), delivery.salon_id);
    -- Waiting for a lock could deadlock, because this transaction holds other bookings.
    if not is_locked and not (private.try_lock_booking(waiting.booking)
      and private.try_lock_salon(waiting.salon_id)) then
      update public.webhook_logs l set next_attempt_at = now() where l.id = waiting.id;
      continue;
    end if;
    result := private.attempt_delivery(waiting, true);
    if result.reason is null then
      applied := true;
      uids := uids || private.booking_uids(waiting.booking);
    end if;
  end loop;
  return applied;
end;
$$;
revoke all on function private.apply_waiting(public.webhook_logs, boolean)
  from public, anon, authenticated;
grant execute on function private.apply_waiting(public.webhook_logs, boolean) to service_role;
comment on function private.apply_waiting(public.webhook_logs, boolean) is
  'Applies the deliveries that waited for this one: those that mention one of its uids, then '
  'those that mention one of theirs, at most a hundred and for at most a second; the rest is due '
  'for a retry. While the booking of this one is unknown, only what may make it known is tried. '
  'is_batch: the salon is locked instead of its bookings. True if any was applied.';
