-- Called by replay_delivery and replay_deliveries.

create function private.replay(
  delivery public.webhook_logs,
  out action public.delivery_action, out event_id uuid, out reason public.delivery_reason
)
language plpgsql
set search_path = ''
as $$
begin
  if delivery.booking is null or delivery.erased_at is not null then
    action := 'refused';
    reason := case
      when delivery.erased_at is not null then 'erased'
      when delivery.redacted_at is not null then 'redacted'
      when delivery.action = 'invalid' then 'invalid_payload'
      else 'no_booking'
    end::public.delivery_reason;
  else
    select r.action, r.event_id, r.reason into action, event_id, reason
    from private.process_delivery(delivery) r;
    -- A replay does not change the fact that the delivery was applied.
    update public.webhook_logs l set action = delivery.action
    where l.id = delivery.id and delivery.status = 'success' and l.action = 'stale';
  end if;
  insert into public.webhook_replays (log_id, salon_id, replayed_by, action, reason)
  select l.id, l.salon_id, (select auth.uid()), replay.action, replay.reason
  from public.webhook_logs l where l.id = delivery.id;
end;
$$;
revoke all on function private.replay(public.webhook_logs) from public, anon, authenticated;
comment on function private.replay(public.webhook_logs) is
  'Applies a stored delivery again and records who asked for it. action refused: there is nothing '
  'to apply, because of the reason erased, redacted, invalid_payload or no_booking.';
