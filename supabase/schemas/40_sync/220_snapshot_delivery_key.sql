-- Called by private.sync_booking; the result is webhook_logs.delivery_key.

create function private.snapshot_delivery_key(snapshot jsonb)
returns text
language plpgsql
stable
set search_path = ''
as $$
declare
  content text := encode(
    sha256(convert_to((snapshot - 'occurredAt')::text, 'UTF8')), 'hex');
begin
  return coalesce((
    select l.delivery_key from public.webhook_logs l
    where l.booking_uid = snapshot ->> 'uid' and l.status <> 'success'
      and l.webhook_type = 'BOOKING_SYNCED' and l.redacted_at is null
      and l.delivery_key like content || '@%'
    limit 1
  ), content || '@' || (snapshot ->> 'occurredAt'));
end;
$$;
revoke all on function private.snapshot_delivery_key(jsonb) from public, anon, authenticated;
grant execute on function private.snapshot_delivery_key(jsonb) to service_role;
comment on function private.snapshot_delivery_key(jsonb) is
  'The delivery key of a snapshot: of its content and its time. One that waits keeps its key, so '
  'that every poll tries it again and none adds a row.';
