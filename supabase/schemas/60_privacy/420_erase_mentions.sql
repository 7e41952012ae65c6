-- Called by private.erase_client_data.

create function private.erase_mentions(salon uuid, deliveries uuid[], pattern text)
returns void
language plpgsql
set search_path = ''
as $$
declare
  mentioning uuid[];
  appointment uuid;
begin
  update public.webhook_logs l
  set booking = private.redact_contact(l.booking, pattern),
    payload = private.redacted_payload('erasure'), redacted_at = coalesce(l.redacted_at, now())
  where l.id = any (deliveries);
  mentioning := array(
    select e.id from public.calendar_events e
    where e.salon_id = salon
      and concat_ws(' ', e.title, e.description, e.location, e.meeting_url, e.cancellation_reason,
        e.attendee_email, e.attendee_phone, e.fold_state) ~* pattern);
  update public.calendar_events e
  set title = private.redact_text(e.title, pattern),
    description = private.redact_text(e.description, pattern),
    location = private.redact_text(e.location, pattern),
    meeting_url = private.redact_text(e.meeting_url, pattern),
    cancellation_reason = private.redact_text(e.cancellation_reason, pattern),
    attendee_email = case when e.attendee_email !~* pattern then e.attendee_email end,
    attendee_phone = case when e.attendee_phone !~* pattern then e.attendee_phone end,
    fold_state = private.redact_base(e.fold_state, pattern)
  where e.id = any (mentioning);
  -- Their deliveries have changed as well, and what the fold remembers of them.
  foreach appointment in array mentioning loop
    perform private.write_appointment(
      appointment, false, true, false, true, null::public.webhook_logs);
  end loop;
  update public.pets p
  set notes = private.redact_text(p.notes, pattern),
    preferences = private.redact_text(p.preferences, pattern),
    allergies = private.redact_text(p.allergies, pattern),
    health_issues = private.redact_text(p.health_issues, pattern)
  where p.salon_id = salon
    and concat_ws(' ', p.notes, p.preferences, p.allergies, p.health_issues) ~* pattern;
  update public.clients c
  set address = private.redact_text(c.address, pattern)
  where c.salon_id = salon and c.address ~* pattern;
end;
$$;
revoke all on function private.erase_mentions(uuid, uuid[], text) from public, anon, authenticated;
comment on function private.erase_mentions(uuid, uuid[], text) is
  'Removes a person''s contact from the data of others: deliveries about several people, an '
  'appointment that somebody else booked with their number, a note about a pet.';
