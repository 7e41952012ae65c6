-- Called by private.retry_deliveries.

create function private.due_deliveries(batch integer)
returns table (id uuid)
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  with recursive salons as (
    (select l.salon_id from public.webhook_logs l
      where l.status <> 'success' and l.next_attempt_at <= now()
      order by l.salon_id limit 1)
    union all
    -- The next salon in the index, without reading the deliveries of this one.
    select (
      select l.salon_id from public.webhook_logs l
      where l.status <> 'success' and l.next_attempt_at is not null and l.salon_id > s.salon_id
      order by l.salon_id limit 1)
    from salons s where s.salon_id is not null
  )
  select d.id
  from (
    select s.salon_id from salons s where s.salon_id is not null
    union all
    select null
  ) s
  cross join lateral (
    select l.id, row_number() over (order by l.next_attempt_at) as position
    from public.webhook_logs l
    where l.status <> 'success' and l.next_attempt_at <= now() and l.booking is not null
      and l.salon_id is not distinct from s.salon_id
    order by l.next_attempt_at
    limit batch
  ) d
  order by d.position, d.id
  limit batch;
end;
$$;
revoke all on function private.due_deliveries(integer) from public, anon, authenticated;
comment on function private.due_deliveries(integer) is
  'Deliveries that are due for a retry: the longest overdue of each salon, then the second of '
  'each, so that a salon with many does not keep the others waiting.';
