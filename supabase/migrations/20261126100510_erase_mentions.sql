-- Taking a person out of what is kept of others, and out of the messages.
-- Objects: private.crossed_out, private.without_contact, private.erase_mentions,
-- private.erase_messages; reason erased of sms_messages.
-- Destructive: no, nothing calls them yet. Undo: drop the functions.

comment on column public.sms_messages.reason is
  'Why: no_client, no_consent, no_phone, not_mobile, country_blocked, opted_out, no_window, '
  'disabled, too_long, template, cap; event_gone, erased; deadline, max_attempts, ambiguous; held; '
  'late_ack, duplicate_suspected; lease_expired, needs_rerender, quiet_hours, paused.';

create function private.crossed_out(words text, pattern text)
returns text
language sql
immutable
set search_path = ''
as $$
  select regexp_replace(words, pattern, '[usunięto]', 'gi');
$$;
revoke all on function private.crossed_out(text, text) from public, anon, authenticated;
comment on function private.crossed_out(text, text) is
  'A text without what the pattern finds; the salon''s staff sees that something was there.';

create function private.without_contact(booking jsonb, pattern text)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
begin
  return (
    select jsonb_object_agg(member.key, case
      when member.key = 'attendees' then (
        select coalesce(jsonb_agg(case
          when a::text ~* pattern then jsonb_build_object(
            'email', private.nobody(), 'phone', null, 'noShow', a -> 'noShow')
          else a end), '[]'::jsonb)
        from jsonb_array_elements(member.value) a)
      when jsonb_typeof(member.value) <> 'string' or member.value::text !~* pattern
        then member.value
      when member.key = 'attendeeEmail' then to_jsonb(private.nobody())
      when member.key = 'attendeePhone' then 'null'::jsonb
      else to_jsonb(private.crossed_out(member.value #>> '{}', pattern))
    end)
    from jsonb_each(booking) member
  );
end;
$$;
revoke all on function private.without_contact(jsonb, text) from public, anon, authenticated;
comment on function private.without_contact(jsonb, text) is
  'A booking of somebody else without the contact of one person in it.';

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

create function private.erase_messages(client public.clients, phone text)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  emptied integer;
begin
  update public.sms_messages m
  set client_id = null, phone_number = null, phone = null, body = null,
    lease_token = null, lease_until = null,
    -- A run that holds it learns at the last look before its POST that it lost it.
    status = case
      when m.status not in ('pending', 'leased', 'unknown') then m.status
      when private.may_have_gone_out(m) then 'dead'
      else 'cancelled'
    end,
    reason = case when m.status in ('pending', 'leased', 'unknown') then 'erased'
      else m.reason end,
    final_at = case when m.status in ('pending', 'leased', 'unknown') then now()
      else m.final_at end
  where m.salon_id = client.salon_id
    and (m.client_id = client.id
      or m.client_id is null and m.phone = erase_messages.phone);
  get diagnostics emptied = row_count;
  return emptied;
end;
$$;
revoke all on function private.erase_messages(public.clients, text)
  from public, anon, authenticated;
comment on function private.erase_messages(public.clients, text) is
  'Takes number and text out of the messages to a person; what has not gone out does not.';
