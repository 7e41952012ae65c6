-- Called by owners in the dashboard, and by service_role.

create function public.replay_delivery(p_log_id uuid)
returns table (action text, event_id uuid, log_id uuid, reason text)
language plpgsql
security definer
set search_path = ''
as $$
declare
  delivery public.webhook_logs;
begin
  if not exists (
    select from public.webhook_logs l where l.id = p_log_id and private.can_manage_salon(l.salon_id)) then
    raise exception 'There is no such delivery'
      using errcode = 'PT404',
        hint = 'Owners can replay the deliveries of their salon: look the id up in webhook_logs.';
  end if;
  select locked.* into delivery from private.lock_deliveries(array[p_log_id]) as locked;
  if delivery.id is null then
    raise exception 'The delivery is being applied this moment'
      using errcode = 'PT409', hint = 'Look at webhook_logs, and ask again if it still fails.';
  end if;
  return query select r.action, r.event_id, p_log_id, r.reason from private.replay(delivery) r;
end;
$$;
revoke all on function public.replay_delivery(uuid) from public, anon, authenticated;
grant execute on function public.replay_delivery(uuid) to authenticated, service_role;
comment on function public.replay_delivery(uuid) is
  'Applies a stored delivery as if it had just arrived. For owners of its salon, and service_role; '
  'to others it does not exist: PT404, which the Data API answers as 404. action: applied, stale '
  '(nothing left to change), deferred with the reason of upsert_calendar_event, or refused with '
  'erased, redacted, invalid_payload or no_booking. Every replay is in webhook_replays. Security '
  'definer, because members may not write the calendar otherwise.';
