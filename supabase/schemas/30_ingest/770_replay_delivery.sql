-- Called by owners in the dashboard, and by service_role.

create function public.replay_delivery(p_log_id uuid)
returns table (
  action public.delivery_action, event_id uuid, log_id uuid, reason public.delivery_reason
)
language plpgsql
security definer
set search_path = ''
as $$
declare
  delivery public.webhook_logs;
begin
  if not exists (
    select from public.webhook_logs l
    where l.id = p_log_id and private.can_manage_salon(l.salon_id)
  ) then
    raise exception 'There is no such delivery'
      using errcode = 'PT404',
        hint = 'Owners can replay the deliveries of their salon. Look up the id in webhook_logs.';
  end if;
  select l.* into delivery from public.webhook_logs l where l.id = p_log_id;
  if delivery.booking is not null then
    perform private.lock_for_delivery(
      delivery.booking, delivery.salon_id, delivery.from_salon_webhook);
  end if;
  select l.* into delivery from public.webhook_logs l
  where l.id = p_log_id for update skip locked;
  if delivery.id is null then
    raise exception 'The delivery is already being applied'
      using errcode = 'PT409', hint = 'Check webhook_logs, and try again if it was not applied.';
  end if;
  return query
    select r.action, r.event_id, p_log_id, r.reason from private.replay(delivery, false) r;
end;
$$;
revoke all on function public.replay_delivery(uuid) from public, anon, authenticated;
grant execute on function public.replay_delivery(uuid) to authenticated, service_role;
comment on function public.replay_delivery(uuid) is
  'Applies a stored delivery as if it had just arrived. For owners of its salon and service_role; '
  'for others it does not exist: PT404, which the Data API answers with 404. action: applied, '
  'stale (nothing to change), deferred with a reason as in upsert_calendar_event, or refused with '
  'the reason erased, redacted, invalid_payload or no_booking. Every replay is recorded in '
  'webhook_replays. Security definer, because members may not otherwise write the calendar.';
