-- Called by owners for a span of time, and by service_role.

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
  at_once constant integer := 500;
  -- Long before the database would end the call, and undo all of it.
  time_is_up timestamptz := clock_timestamp() + interval '3 seconds';
  chosen record;
  delivery public.webhook_logs;
  outcome text;
begin
  if not private.can_manage_salon(p_salon_id) then
    raise exception 'There is no such salon'
      using errcode = 'PT404', hint = 'Owners can replay the deliveries of their salon.';
  end if;
  if p_status not in ('processing', 'success', 'error') then
    raise exception 'There is no status %', p_status
      using errcode = 'invalid_parameter_value',
        hint = 'Use processing, success or error; without one, all that is not done is replayed.';
  end if;
  applied := 0;
  stale := 0;
  deferred := 0;
  refused := 0;
  select array_agg(c.id) filter (where c.position <= at_once) as ids,
    min(c.created_at) filter (where c.position > at_once) as rest_from
  into chosen
  from (
    select l.id, l.created_at, row_number() over (order by l.created_at) as position
    from public.webhook_logs l
    where (l.salon_id = p_salon_id or p_salon_id is null and l.salon_id is null)
      and l.created_at >= p_from and l.created_at < p_to
      and (l.status = p_status or p_status is null and l.status <> 'success')
    order by l.created_at
    limit at_once + 1
  ) c;
  next_from := chosen.rest_from;
  for delivery in select locked.* from private.lock_deliveries(chosen.ids) as locked loop
    if clock_timestamp() > time_is_up and applied + stale + deferred + refused > 0 then
      next_from := delivery.created_at;
      exit;
    end if;
    outcome := (select r.action from private.replay(delivery) r);
    applied := applied + (outcome = 'applied')::integer;
    stale := stale + (outcome = 'stale')::integer;
    deferred := deferred + (outcome = 'deferred')::integer;
    refused := refused + (outcome = 'refused')::integer;
  end loop;
  -- However many arrived at one moment, the next call gets on.
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
  'Replays, as replay_delivery does, the deliveries of a salon that arrived from p_from until '
  'before p_to: those with p_status, or without one all that are not success. Counts what came of '
  'them. At most 500 and three seconds a call: then next_from is the p_from of the next, else '
  'null. '
  'p_salon_id null: what belongs to no salon yet, for service_role. PT404 as replay_delivery. '
  'Security definer for the same reason.';
