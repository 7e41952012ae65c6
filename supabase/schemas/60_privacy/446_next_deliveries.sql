-- Called by private.search_deliveries.

create function private.next_deliveries(erasure private.unfinished_erasures, batch integer)
returns setof public.webhook_logs
language plpgsql
stable
set search_path = ''
as $$
begin
  -- Not one condition with "or", for which Postgres would sort all deliveries of the salon.
  return query
  select d.* from (
    (select l.* from public.webhook_logs l
      where l.salon_id = erasure.salon_id
        and (l.created_at, l.id) > (erasure.searched_at, erasure.searched_id)
      order by l.created_at, l.id limit batch)
    union all
    (select l.* from public.webhook_logs l
      where erasure.includes_unassigned and l.salon_id is null
        and (l.created_at, l.id) > (erasure.searched_at, erasure.searched_id)
      order by l.created_at, l.id limit batch)
  ) d
  order by d.created_at, d.id limit batch;
end;
$$;
revoke all on function private.next_deliveries(private.unfinished_erasures, integer)
  from public, anon, authenticated;
comment on function private.next_deliveries(private.unfinished_erasures, integer) is
  'The deliveries that an erasure searches next, in the order of their arrival.';
