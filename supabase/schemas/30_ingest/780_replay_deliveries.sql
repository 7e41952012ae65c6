-- Called by owners, and by service_role.

create function public.replay_deliveries(
  p_salon_id uuid, p_from timestamptz, p_to timestamptz, p_status text default null
)
returns table (
  applied integer, stale integer, deferred integer, refused integer, next_from timestamptz
)
language plpgsql
security definer
set search_path = ''
as $$
declare
  -- Well below the statement timeout, which would roll everything back.
  deadline timestamptz := clock_timestamp() + interval '3 seconds';
  chosen record;
  delivery public.webhook_logs;
  outcome public.delivery_action;
begin
  if not private.can_manage_salon(p_salon_id) then
    raise exception 'There is no such salon'
      using errcode = 'PT404', hint = 'Owners can replay the deliveries of their salon.';
  end if;
  if p_status not in ('processing', 'success', 'error') then
    raise exception 'There is no status %', p_status
      using errcode = 'invalid_parameter_value',
        hint = 'Use processing, success or error, or leave it out for all that did not succeed.';
  end if;
  applied := 0;
  stale := 0;
  deferred := 0;
  refused := 0;
  if p_salon_id is not null then
    perform private.lock_salon(p_salon_id);
  end if;
  chosen := private.deliveries_to_replay(p_salon_id, p_from, p_to, p_status,
    case when p_salon_id is null then 50 else 500 end);
  if p_salon_id is null then
    perform private.lock_bookings(variadic array(
      select l.booking from public.webhook_logs l
      where l.id = any (chosen.ids) and l.booking is not null));
  end if;
  next_from := chosen.next_from;
  for delivery in
    select l.* from public.webhook_logs l where l.id = any (chosen.ids)
    order by l.created_at, l.id
    for update skip locked
  loop
    if clock_timestamp() > deadline and applied + stale + deferred + refused > 0 then
      next_from := delivery.created_at;
      exit;
    end if;
    outcome := (select r.action from private.replay(delivery, p_salon_id is not null) r);
    applied := applied + (outcome = 'applied')::integer;
    stale := stale + (outcome = 'stale')::integer;
    deferred := deferred + (outcome = 'deferred')::integer;
    refused := refused + (outcome = 'refused')::integer;
  end loop;
  -- The next call always advances, however many deliveries arrived at one moment.
  next_from := greatest(next_from, case when next_from is not null
    then p_from + interval '1 microsecond' end);
  return next;
end;
$$;
revoke all on function public.replay_deliveries(uuid, timestamptz, timestamptz, text)
  from public, anon, authenticated;
grant execute on function public.replay_deliveries(uuid, timestamptz, timestamptz, text)
  to authenticated, service_role;
comment on function public.replay_deliveries(uuid, timestamptz, timestamptz, text) is
  'Replays, as replay_delivery does, the deliveries of a salon that arrived from p_from up to, '
  'not including, p_to: those with p_status, or all that did not succeed. Returns how many were '
  'applied, stale, deferred and refused. A call handles at most 500 deliveries (50 without a '
  'salon, whose bookings are locked one by one) and takes about three seconds; next_from is the '
  'p_from of the next call, null when done. p_salon_id null: deliveries without a salon, for '
  'service_role. PT404 as in replay_delivery. Security definer, because members may not otherwise '
  'write the calendar.';
