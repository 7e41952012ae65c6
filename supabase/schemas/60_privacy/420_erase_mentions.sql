-- Called by private.erase_client_data.

create function private.erase_mentions(salon uuid, client uuid, own private.contacts)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  mentioning uuid[];
  deliveries uuid[];
  appointment uuid;
begin
  mentioning := array(
    select e.id from public.calendar_events e
    where e.salon_id = salon
      and private.names_contact(
        concat_ws(' ', e.title, e.description, e.location, e.meeting_url, e.cancellation_reason,
          e.salon_note, e.attendee_name, e.attendee_email, e.attendee_phone, e.fold_state), own));
  -- They are folded again below, from their deliveries.
  deliveries := array(
    select distinct l.id
    from public.calendar_event_uids u
    join public.webhook_logs l on l.booking_uid = u.booking_uid and l.seat_id in (u.seat_id, '')
    where u.event_id = any (mentioning) and l.salon_id = salon
      and private.names_contact(concat(l.booking::text, ' ', l.payload::text), own));
  perform private.redact_mentions(deliveries, own.pattern);
  update public.calendar_events e
  set title = private.redact_text(e.title, own.pattern),
    description = private.redact_text(e.description, own.pattern),
    location = private.redact_text(e.location, own.pattern),
    meeting_url = private.redact_text(e.meeting_url, own.pattern),
    cancellation_reason = private.redact_text(e.cancellation_reason, own.pattern),
    salon_note = private.redact_text(e.salon_note, own.pattern),
    attendee_name = case when e.attendee_email ~* own.pattern then null
      else private.redact_text(e.attendee_name, own.pattern) end,
    attendee_email = case when e.attendee_email !~* own.pattern then e.attendee_email end,
    attendee_phone = case when e.attendee_phone !~* own.pattern then e.attendee_phone end,
    fold_state = private.redact_base(e.fold_state, own.pattern)
  where e.id = any (mentioning);
  foreach appointment in array mentioning loop
    perform private.write_appointment(
      appointment, false, true, false, true, null::public.webhook_logs);
  end loop;
  update public.pets p
  set notes = private.redact_text(p.notes, own.pattern),
    preferences = private.redact_text(p.preferences, own.pattern),
    allergies = private.redact_text(p.allergies, own.pattern),
    health_issues = private.redact_text(p.health_issues, own.pattern)
  where p.salon_id = salon
    and private.names_contact(
      concat_ws(' ', p.notes, p.preferences, p.allergies, p.health_issues), own);
  update public.clients c
  set address = private.redact_text(c.address, own.pattern)
  -- The row of the client is about to be deleted.
  where c.salon_id = salon and private.names_contact(c.address, own) and c.id <> client;
  return cardinality(deliveries);
end;
$$;
revoke all on function private.erase_mentions(uuid, uuid, private.contacts)
  from public, anon, authenticated;
comment on function private.erase_mentions(uuid, uuid, private.contacts) is
  'Removes a person''s contact from the data of others: an appointment that somebody else booked '
  'with their number, and its deliveries, or a note about a pet. Returns the number of deliveries.';
