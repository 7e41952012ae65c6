-- Called by private.erase.

create function private.erase_mentions(salon uuid, pattern text)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.calendar_events e
  set title = private.crossed_out(e.title, pattern),
    description = private.crossed_out(e.description, pattern),
    location = private.crossed_out(e.location, pattern),
    meeting_url = private.crossed_out(e.meeting_url, pattern),
    cancellation_reason = private.crossed_out(e.cancellation_reason, pattern),
    attendee_email = case when e.attendee_email !~* pattern then e.attendee_email end,
    attendee_phone = case when e.attendee_phone !~* pattern then e.attendee_phone end
  where e.salon_id = salon
    and concat_ws(' ', e.title, e.description, e.location, e.meeting_url, e.cancellation_reason,
      e.attendee_email, e.attendee_phone) ~* pattern;
  update public.pets p
  set notes = private.crossed_out(p.notes, pattern),
    preferences = private.crossed_out(p.preferences, pattern),
    allergies = private.crossed_out(p.allergies, pattern),
    health_issues = private.crossed_out(p.health_issues, pattern)
  where p.salon_id = salon
    and concat_ws(' ', p.notes, p.preferences, p.allergies, p.health_issues) ~* pattern;
  update public.clients c
  set address = private.crossed_out(c.address, pattern)
  where c.salon_id = salon and c.address ~* pattern;
end;
$$;
revoke all on function private.erase_mentions(uuid, text) from public, anon, authenticated;
comment on function private.erase_mentions(uuid, text) is
  'Crosses a person''s contact out of what the salon keeps of others: a visit somebody else booked '
  'with their number, a note about a pet.';
