-- Called by private.salon_problems.

create function private.silent_salons()
returns setof uuid
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  select s.id
  from public.salons s
  cross join lateral (
    select l.created_at
    from public.webhook_logs l
    where l.salon_id = s.id and l.webhook_type <> 'BOOKING_SYNCED'
    order by l.created_at desc
    limit 1
  ) latest
  cross join lateral (
    select count(*) as deliveries, min(d.created_at) as began_at, max(d.pause) as longest_pause
    from (
      select l.created_at, l.created_at - lag(l.created_at) over (order by l.created_at) as pause
      from public.webhook_logs l
      where l.salon_id = s.id and l.webhook_type <> 'BOOKING_SYNCED'
        and l.created_at > latest.created_at - interval '28 days'
    ) d
  ) history
  -- The history is read only of salons that have been quiet for a day.
  where latest.created_at < now() - interval '1 day'
    and history.deliveries >= 10
    and history.began_at < latest.created_at - interval '14 days'
    and now() - latest.created_at > 2 * history.longest_pause;
end;
$$;
revoke all on function private.silent_salons() from public, anon, authenticated;
comment on function private.silent_salons() is
  'Salons whose webhook has been silent for a day and for more than twice as long as ever in the '
  'four weeks before, nights and holidays included. A salon with fewer than ten deliveries in at '
  'least two weeks has no usual pause.';
