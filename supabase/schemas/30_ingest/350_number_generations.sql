-- Called by private.resolve_appointment when a chain of reschedules changed elsewhere than at its
-- end, or contains a guess.

create function private.number_generations(appointment uuid, latest public.webhook_logs)
returns void
language plpgsql
set search_path = ''
as $$
begin
  with recursive uids as (
    select u.booking_uid, u.seat_id, coalesce(nullif(u.seat_id, ''), u.booking_uid) as unit,
      case when not u.is_guess then coalesce(nullif(u.replaced_seat_id, ''), u.replaced_uid) end
        as replaced_unit,
      case when u.is_guess then u.replaced_uid end as first_uid
    from public.calendar_event_uids u where u.event_id = appointment
  ),
  links as (
    select distinct child.unit, child.replaced_unit from uids child
    where child.replaced_unit <> child.unit
      and exists (select from uids parent where parent.unit = child.replaced_unit)
  ),
  -- Without the paths, which a seat that moved back and forth has exponentially many of. A circle
  -- ends at the depth that no chain can exceed.
  chain as (
    select u.unit, u.unit as root, 0 as depth
    from uids u where not exists (select from links l where l.unit = u.unit)
    union
    select l.unit, c.root, c.depth + 1
    from chain c join links l on l.replaced_unit = c.unit
    where c.depth < (select count(distinct u.unit) from uids u)
  ),
  placed as (
    select distinct on (u.unit) u.unit, coalesce(c.root, u.unit) as root,
      coalesce(c.depth, 0) as depth
    from uids u left join chain c on c.unit = u.unit
    order by u.unit, c.depth desc, c.root
  ),
  heard as (select h.* from private.heard_of_units(appointment, latest) h),
  segments as (
    select p.root, max(h.last_heard) as last_heard,
      bool_or(p.unit in (select u.first_uid from uids u where u.first_uid is not null))
        as is_first
    from placed p join heard h on h.unit = p.unit group by p.root
  ),
  numbered as (
    select p.unit, dense_rank() over (
      order by s.is_first desc, s.last_heard nulls first, p.root, p.depth,
        h.first_heard nulls first, p.unit
    ) - 1 as generation
    from placed p join heard h on h.unit = p.unit join segments s on s.root = p.root
  )
  update public.calendar_event_uids u
  set generation = n.generation
  from uids k join numbered n on n.unit = k.unit
  where u.booking_uid = k.booking_uid and u.seat_id = k.seat_id
    and u.generation <> n.generation;
end;
$$;
revoke all on function private.number_generations(uuid, public.webhook_logs)
  from public, anon, authenticated;
grant execute on function private.number_generations(uuid, public.webhook_logs) to service_role;
comment on function private.number_generations(uuid, public.webhook_logs) is
  'Numbers all uids of an appointment in the order of its reschedules. Where a delivery in the '
  'middle was lost, the chain has several segments; the one with the first uid comes '
  'first, and the one that was heard of last comes last. '
  'Moves of a seat that keeps its id share a number, because a seat may return to a slot; they '
  'are ordered by their stamps. latest: the delivery that is being applied.';
