-- Called by add_client_from_booking.

create function private.new_client_of_booking(appointment public.calendar_events)
returns uuid
language plpgsql
set search_path = ''
as $$
declare
  full_name text := regexp_replace(trim(appointment.attendee_name), '\s+', ' ', 'g');
  client uuid;
begin
  if coalesce(full_name, '') = '' or private.e164(appointment.attendee_phone) is null then
    raise exception 'The booking has no name or no phone number'
      using errcode = 'PT422', hint = 'Add the client by hand, then assign them.';
  end if;
  insert into public.clients (salon_id, name, surname, phone_number, email)
  values (appointment.salon_id, left(split_part(full_name, ' ', 1), 200),
    left(substr(full_name, strpos(full_name || ' ', ' ') + 1), 200),
    appointment.attendee_phone, appointment.attendee_email)
  returning id into client;
  insert into public.salon_activity (salon_id, event_id, client_id, action, actor_id)
  values (appointment.salon_id, appointment.id, client, 'add_client', auth.uid());
  return client;
end;
$$;
revoke all on function private.new_client_of_booking(public.calendar_events)
  from public, anon, authenticated;
comment on function private.new_client_of_booking(public.calendar_events) is
  'Adds the booker of an appointment as a client, without consent. Raises PT422 if the booking has '
  'no name or no phone number.';
