-- Deliveries applied once more on demand, and who asked for it.
-- Objects: table webhook_replays with its policy; private.may_manage, private.replay;
-- public.replay_delivery, public.replay_deliveries.
-- Destructive: no. Undo: drop the functions and the table.

create table public.webhook_replays (
  id uuid primary key default gen_random_uuid(),
  log_id uuid not null references public.webhook_logs (id) on delete cascade,
  salon_id uuid references public.salons (id) on delete cascade,
  replayed_by uuid,
  replayed_at timestamptz not null default clock_timestamp(),
  action text not null,
  reason text
);
create index webhook_replays_log_id_idx on public.webhook_replays (log_id);
create index webhook_replays_salon_id_replayed_at_idx
  on public.webhook_replays (salon_id, replayed_at);
comment on table public.webhook_replays is
  'Who had which delivery applied once more, and what came of it. Written by replay_delivery and '
  'replay_deliveries only.';
comment on column public.webhook_replays.replayed_by is
  'Of auth.users; null: service_role. No foreign key, so that it outlasts the account.';
comment on column public.webhook_replays.action is 'As replay_delivery answered, with its reason.';

alter table public.webhook_replays enable row level security;
revoke all on table public.webhook_replays from public, anon, authenticated, service_role;
grant select on table public.webhook_replays to authenticated, service_role;
create policy "owners can see what was replayed" on public.webhook_replays
  for select to authenticated
  using (salon_id = any (array(select private.owned_salon_ids())));

create function private.may_manage(salon uuid)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return current_setting('role') <> 'authenticated'
    or coalesce(salon = any (array(select private.owned_salon_ids())), false);
end;
$$;
revoke all on function private.may_manage(uuid) from public, anon, authenticated;
comment on function private.may_manage(uuid) is
  'For security definer functions: whether their caller may do what only an owner of the salon '
  'may. service_role may for every salon, and for what belongs to none.';

create function private.replay(
  delivery public.webhook_logs, out action text, out event_id uuid, out reason text
)
language plpgsql
set search_path = ''
as $$
begin
  if delivery.booking is null or delivery.erased_at is not null then
    action := 'refused';
    reason := case
      when delivery.erased_at is not null then 'erased'
      when delivery.blanked_at is not null then 'blanked'
      when delivery.action = 'invalid' then 'invalid_payload'
      else 'no_booking'
    end;
  else
    select r.action, r.event_id, r.reason into action, event_id, reason
    from private.process_delivery(delivery) r;
    -- That it changed the visit once stays true.
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
  'Applies a delivery once more and notes who wanted it. action refused: there is nothing to apply '
  'any more or at all; reason: erased, blanked, invalid_payload, no_booking.';

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
    select from public.webhook_logs l where l.id = p_log_id and private.may_manage(l.salon_id)) then
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
  'erased, blanked, invalid_payload or no_booking. Every replay is in webhook_replays. Security '
  'definer, because members may not write the calendar otherwise.';

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
  if not private.may_manage(p_salon_id) then
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
  'them. At most 500 and three seconds a call: then next_from is the p_from of the next, else null. '
  'p_salon_id null: what belongs to no salon yet, for service_role. PT404 as replay_delivery. '
  'Security definer for the same reason.';
