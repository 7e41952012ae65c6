-- Called by private.retry_salon.

create function private.due_deliveries(salon uuid, batch integer)
returns table (id uuid)
language plpgsql
stable
set search_path = ''
as $$
begin
  -- Not "is not distinct from", for which Postgres would read what waits of all salons.
  return query
  (select l.id from public.webhook_logs l
    where l.salon_id = salon
      and l.status <> 'success' and l.next_attempt_at <= now() and l.booking is not null
    order by l.next_attempt_at limit batch)
  union all
  (select l.id from public.webhook_logs l
    where salon is null and l.salon_id is null
      and l.status <> 'success' and l.next_attempt_at <= now() and l.booking is not null
    order by l.next_attempt_at limit batch);
end;
$$;
revoke all on function private.due_deliveries(uuid, integer) from public, anon, authenticated;
comment on function private.due_deliveries(uuid, integer) is
  'The deliveries of a salon, or of none, that are due for a retry: the longest overdue ones, at '
  'most a batch.';
