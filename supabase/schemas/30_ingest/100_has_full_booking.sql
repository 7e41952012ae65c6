-- Called wherever it matters whether a delivery can create an appointment.

create function private.has_full_booking(webhook_type text)
returns boolean
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  return webhook_type in (
    'BOOKING_REQUESTED', 'BOOKING_PAYMENT_INITIATED', 'BOOKING_CREATED', 'BOOKING_PAID',
    'BOOKING_RESCHEDULED', 'BOOKING_LOCATION_UPDATED', 'BOOKING_REASSIGNED', 'BOOKING_SYNCED'
  );
end;
$$;
revoke all on function private.has_full_booking(text) from public, anon, authenticated;
grant execute on function private.has_full_booking(text) to service_role;
comment on function private.has_full_booking(text) is
  'Whether deliveries of this trigger contain the whole booking, so that an appointment can be '
  'created from them. The others (cancelled, rejected, ended, no-show) need an existing '
  'appointment.';
