-- Called by functions that lock bookings, or that look for deliveries of the same booking.

create function private.booking_uids(booking jsonb)
returns text[]
language plpgsql
immutable
set search_path = ''
as $$
begin
  if booking ->> 'rescheduleUid' is null then
    return array[booking ->> 'uid'];
  end if;
  return array_remove(
    array[booking ->> 'uid', booking ->> 'rescheduleUid', private.original_uid(booking)], null);
end;
$$;
revoke all on function private.booking_uids(jsonb) from public, anon, authenticated;
grant execute on function private.booking_uids(jsonb) to service_role;
comment on function private.booking_uids(jsonb) is 'Every uid that a booking mentions.';
