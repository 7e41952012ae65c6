-- Called by private.sync_booking.

create function private.snapshot_time(snapshot jsonb)
returns timestamptz
language plpgsql
stable
set search_path = ''
as $$
begin
  return greatest((snapshot ->> 'occurredAt')::timestamptz, (
    select max(l.occurred_at) + interval '1 millisecond'
    from public.webhook_logs l
    where l.booking_uid = snapshot ->> 'uid' and l.seat_id = private.booking_seat_id(snapshot)
      and l.webhook_type = 'BOOKING_SYNCED'));
end;
$$;
revoke all on function private.snapshot_time(jsonb) from public, anon, authenticated;
grant execute on function private.snapshot_time(jsonb) to service_role;
comment on function private.snapshot_time(jsonb) is
  'The moment up to which a snapshot is complete, but later than the previous snapshot, because '
  'Cal.com''s clock has full seconds and may jump back.';
