-- Called by private.with_booking and private.insert_first_booking; the result is
-- webhook_logs.occurred_at.

create function private.delivery_stamp(booking jsonb, arrived_at timestamptz)
returns timestamptz
language plpgsql
stable
set search_path = ''
as $$
begin
  -- The stamp of a clock that runs ahead must not be later than those of later deliveries.
  return least(coalesce((booking ->> 'occurredAt')::timestamptz, arrived_at),
    arrived_at + private.stamp_tolerance());
end;
$$;
revoke all on function private.delivery_stamp(jsonb, timestamptz)
  from public, anon, authenticated;
grant execute on function private.delivery_stamp(jsonb, timestamptz) to service_role;
comment on function private.delivery_stamp(jsonb, timestamptz) is
  'When Cal.com says that it happened, but not more than a minute after the arrival.';
