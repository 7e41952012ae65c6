-- Called by replay_delivery and replay_deliveries.

create function private.replay(
  delivery public.webhook_logs, is_batch boolean,
  out action public.delivery_action, out event_id uuid, out reason public.delivery_reason
)
language plpgsql
set search_path = ''
as $$
begin
  delivery.salon_id := coalesce(delivery.salon_id, private.find_salon(delivery.booking));
  if delivery.booking is null or delivery.erased_at is not null then
    action := 'refused';
    reason := case
      when delivery.erased_at is not null then 'erased'
      when delivery.redacted_at is not null then 'redacted'
      when delivery.action = 'invalid' then 'invalid_payload'
      else 'no_booking'
    end::public.delivery_reason;
  elsif not is_batch and not private.try_lock_salon(delivery.salon_id) then
    -- Waiting could deadlock with an erasure, which waits for the row of the delivery.
    action := 'deferred';
    update public.webhook_logs l set next_attempt_at = now()
    where l.id = delivery.id and l.status <> 'success';
  else
    select r.action, r.event_id, r.reason into action, event_id, reason
    from private.process_delivery(delivery, is_stored => true, is_batch => is_batch) r;
    -- A replay does not change the fact that the delivery was applied.
    update public.webhook_logs l
    set action = delivery.action, status = delivery.status, reason = null, error_message = null,
      next_attempt_at = null
    where l.id = delivery.id and delivery.status = 'success'
      and (l.action = 'stale' or l.status <> 'success');
  end if;
  insert into public.webhook_replays (log_id, salon_id, replayed_by, action, reason)
  select l.id, l.salon_id, (select auth.uid()), replay.action, replay.reason
  from public.webhook_logs l where l.id = delivery.id;
end;
$$;
revoke all on function private.replay(public.webhook_logs, boolean)
  from public, anon, authenticated;
comment on function private.replay(public.webhook_logs, boolean) is
  'Applies a stored delivery again and records who asked for it. action refused: there is nothing '
  'to apply, because of the reason erased, redacted, invalid_payload or no_booking. deferred without '
  'a reason: its salon is being erased or replayed, and it is retried.';
