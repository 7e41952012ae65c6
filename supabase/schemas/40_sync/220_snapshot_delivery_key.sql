-- Called by private.sync_booking; the result is webhook_logs.delivery_key.

create function private.snapshot_delivery_key(key text, snapshot jsonb, as_of timestamptz)
returns table (delivery_key text, occurred_at timestamptz)
language plpgsql
stable
set search_path = ''
as $$
declare
  content text := encode(
    sha256(convert_to((snapshot - 'occurredAt')::text, 'UTF8')), 'hex');
  latest public.webhook_logs;
begin
  select l.* into latest from public.webhook_logs l
  where l.cal_com_event_id = key and l.webhook_type = 'BOOKING_SYNCED' and l.booking is not null
  order by l.occurred_at desc
  limit 1;
  if split_part(latest.delivery_key, '@', 1) = content and not exists (
    select from public.webhook_logs l
    where l.cal_com_event_id in (
        select snapshot ->> 'uid' union all
        select unnest(array[o.cal_com_event_id, o.booking_uid])
        from public.calendar_event_uids u
        join public.calendar_event_uids o on o.event_id = u.event_id
        where u.booking_uid = snapshot ->> 'uid')
      and l.booking is not null and l.occurred_at > latest.occurred_at
  ) then
    return query select latest.delivery_key, latest.occurred_at;
    return;
  end if;
  -- Later than the previous snapshot, even if clocks jump.
  as_of := greatest(as_of, latest.occurred_at + interval '1 millisecond');
  return query select content || '@' || to_char(as_of at time zone 'UTC',
    'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), as_of;
end;
$$;
revoke all on function private.snapshot_delivery_key(text, jsonb, timestamptz)
  from public, anon, authenticated;
grant execute on function private.snapshot_delivery_key(text, jsonb, timestamptz) to service_role;
comment on function private.snapshot_delivery_key(text, jsonb, timestamptz) is
  'The delivery key of a snapshot. If the previous snapshot of the appointment was equal and '
  'nothing was delivered since, it is the same key, so that it stays one row. Otherwise it is a '
  'new key, so that the snapshot is folded last.';
