-- Called by private.retry_deliveries.

create function private.retry_delivery(delivery_id uuid)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  delivery public.webhook_logs;
begin
  select l.* into delivery from public.webhook_logs l
  where l.id = delivery_id and l.status <> 'success' and l.next_attempt_at <= now()
  for update skip locked;
  if delivery.id is null then
    return false;
  end if;
  delivery.salon_id := coalesce(delivery.salon_id, private.find_salon(delivery.booking));
  -- A salon's own webhook can name a booking of another salon, which must not be locked for it.
  if not (delivery.from_salon_webhook and private.belongs_to_other_salon(
      private.booking_uids(delivery.booking), delivery.salon_id, true))
    and not (private.try_lock_booking(delivery.booking)
      and private.try_lock_salon(delivery.salon_id)) then
    return false;
  end if;
  perform private.process_delivery(delivery, true);
  return true;
end;
$$;
revoke all on function private.retry_delivery(uuid) from public, anon, authenticated;
comment on function private.retry_delivery(uuid) is
  'Retries one delivery, unless it is no longer due or its booking or salon is being written; then '
  'the next run tries again. True if it was tried.';
