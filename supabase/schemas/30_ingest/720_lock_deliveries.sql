-- Called by everything that applies several stored deliveries.

create function private.lock_deliveries(ids uuid[])
returns setof public.webhook_logs
language plpgsql
set search_path = ''
as $$
begin
  perform private.lock_bookings(variadic array(
    select l.booking from public.webhook_logs l where l.id = any (ids) and l.booking is not null));
  perform pg_advisory_xact_lock(hashtextextended('salon ' || salons.id, 0))
  from (
    select distinct coalesce(l.salon_id, private.find_salon(l.booking))::text as id
    from public.webhook_logs l
    where l.id = any (ids)
    order by 1
  ) salons
  where salons.id is not null;
  return query
  select l.* from public.webhook_logs l
  where l.id = any (ids)
  order by l.created_at, l.id
  for update skip locked;
end;
$$;
revoke all on function private.lock_deliveries(uuid[]) from public, anon, authenticated;
comment on function private.lock_deliveries(uuid[]) is
  'Locks deliveries and everything that applying them changes, and returns them as they are then. '
  'Bookings first, then salons, in the order of private.lock_bookings, and the rows last, because '
  'a transaction that holds a salon may want one of them.';
