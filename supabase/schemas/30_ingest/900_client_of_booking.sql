-- Called by add_client_from_booking.

create function private.client_of_booking(appointment public.calendar_events)
returns uuid
language plpgsql
stable
set search_path = ''
as $$
declare
  phone text := private.e164(appointment.attendee_phone);
  claims jsonb := coalesce(
    nullif(appointment.fold_state -> 'claims', '[]'::jsonb),
    jsonb_build_array(jsonb_strip_nulls(jsonb_build_object(
      'phone', phone, 'email', lower(appointment.attendee_email)))));
  client uuid := (
    private.find_client(appointment.salon_id, claims, appointment.seat_id is not null)).client_id;
begin
  if client is null and exists (
    select from public.clients c
    where c.salon_id = appointment.salon_id and private.e164(c.phone_number) = phone) then
    raise exception 'Several clients have the phone number of the booking'
      using errcode = 'PT409', hint = 'Choose one of them.';
  end if;
  return client;
end;
$$;
revoke all on function private.client_of_booking(public.calendar_events)
  from public, anon, authenticated;
comment on function private.client_of_booking(public.calendar_events) is
  'The client of the salon whom a booking names, as deliveries find them; null if there is none. '
  'Raises PT409 if several have its phone number.';
