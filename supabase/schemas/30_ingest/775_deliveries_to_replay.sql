-- Called by replay_deliveries.

create function private.deliveries_to_replay(
  salon uuid, received_from timestamptz, received_to timestamptz, with_status text, batch integer,
  out ids uuid[], out next_from timestamptz
)
language plpgsql
stable
set search_path = ''
as $$
begin
  select array_agg(c.id) filter (where c.position <= batch),
    min(c.created_at) filter (where c.position > batch)
  into ids, next_from
  from (
    select l.id, l.created_at, row_number() over (order by l.created_at) as position
    from public.webhook_logs l
    where (l.salon_id = salon or salon is null and l.salon_id is null)
      and l.created_at >= received_from and l.created_at < received_to
      and (l.status = with_status or with_status is null and l.status <> 'success')
    order by l.created_at
    limit batch + 1
  ) c;
end;
$$;
revoke all on function private.deliveries_to_replay(
  uuid, timestamptz, timestamptz, text, integer) from public, anon, authenticated;
comment on function private.deliveries_to_replay(
  uuid, timestamptz, timestamptz, text, integer) is
  'The oldest deliveries of a span, at most a batch, and when the next one after them arrived, '
  'null if there is none. Arguments as in replay_deliveries.';
