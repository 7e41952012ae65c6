-- Taking a person out of what Cal.com said, so that what remains still tells when a visit was and
-- how it ended.
-- Objects: columns blanked_at and erased_at of webhook_logs, erased_at of calendar_events; index
-- webhook_logs_erased_idx; private.blanked, private.nobody, private.impersonal,
-- private.without_person, private.without_seat, private.erase_deliveries.
-- Destructive: no, nothing calls it yet. Undo: drop the functions and the columns.

alter table public.webhook_logs
  add column blanked_at timestamptz,
  add column erased_at timestamptz;
alter table public.calendar_events
  add column erased_at timestamptz;
create index webhook_logs_erased_idx on public.webhook_logs (cal_com_event_id)
  where erased_at is not null;
grant select (blanked_at, erased_at) on table public.webhook_logs to authenticated;

comment on column public.webhook_logs.payload is
  'The body as it came; {"raw": text} if it was not JSON. Personal data: not readable by members. '
  '{"blanked": "retention"} once it is older than private.retention says, {"blanked": "erasure"} '
  'when the person it is about was erased.';
comment on column public.webhook_logs.booking is
  'What shared/calcom read from the body: a CalendarBooking. Null if it is not about a booking, and '
  'once it is blanked and no visit is folded from it. As long as there is such a visit it stays, '
  'because the row is computed from it and holds the same contact anyway.';
comment on column public.webhook_logs.blanked_at is 'When the payload was taken out.';
comment on column public.webhook_logs.erased_at is
  'When everything personal was taken out of booking as well: see erase_client.';
comment on column public.calendar_events.erased_at is
  'When the person it was for was erased. What Cal.com still says of it moves its time and status, '
  'and brings back no name, contact, note or link.';

create function private.blanked(why text)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select jsonb_build_object('blanked', why);
$$;
revoke all on function private.blanked(text) from public, anon, authenticated;
grant execute on function private.blanked(text) to service_role;
comment on function private.blanked(text) is
  'What stands in webhook_logs.payload when the body is gone. why: retention or erasure.';

create function private.nobody()
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return 'erased@erased.invalid';
end;
$$;
revoke all on function private.nobody() from public, anon, authenticated;
grant execute on function private.nobody() to service_role;
comment on function private.nobody() is
  'Stands in webhook_logs.booking for the address of a person who was erased, so that a no-show '
  'still meets the visit it is about. It never gets into calendar_events.';

create function private.impersonal(booking jsonb)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select jsonb_object_agg(member.key, member.value)
  from jsonb_each(booking) member
  where jsonb_typeof(member.value) in ('boolean', 'number')
    or member.key in ('trigger', 'uid', 'rescheduleUid', 'seatId', 'occurredAt',
      'organizerUsername', 'startTime', 'endTime', 'snapshot')
    -- Cal.com's own are made of the first uid.
    or member.key = 'icalUid' and member.value #>> '{}' ~ '^[^@]+@Cal\.com$';
$$;
revoke all on function private.impersonal(jsonb) from public, anon, authenticated;
grant execute on function private.impersonal(jsonb) to service_role;
comment on function private.impersonal(jsonb) is
  'The members of a CalendarBooking that say nothing of a person. A list of what may stay, so that '
  'a member that is new is left out.';

create function private.without_person(booking jsonb, key text, email text, phone text)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  person jsonb := private.names_attendee(booking, email, phone);
begin
  if person is null and email is null and phone is null then
    person := booking -> 'attendees' -> 0;
  end if;
  return private.impersonal(booking)
    || jsonb_build_object(
      'seatId', coalesce(booking ->> 'seatId', nullif(split_part(key, '#', 2), '')),
      'attendeeEmail', private.nobody(),
      'attendees', case when person is null then '[]'::jsonb
        else jsonb_build_array(jsonb_build_object(
          'email', private.nobody(), 'phone', null, 'noShow', person -> 'noShow')) end);
end;
$$;
revoke all on function private.without_person(jsonb, text, text, text)
  from public, anon, authenticated;
grant execute on function private.without_person(jsonb, text, text, text) to service_role;
comment on function private.without_person(jsonb, text, text, text) is
  'The booking of one visit without the person it is for, and without guests. key: of the visit; '
  'email, phone: of the person, by which to tell them from guests; if neither is known any more, '
  'it is the first attendee.';

create function private.without_seat(booking jsonb, visit public.calendar_events)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  is_known boolean := coalesce(visit.attendee_email, visit.attendee_phone) is not null;
begin
  return private.impersonal(booking) || jsonb_strip_nulls(jsonb_build_object(
    -- What all seats have in common; a number is somebody's.
    'location', case when private.e164(booking ->> 'location') is null
      then booking -> 'location' end,
    'meetingUrl', booking -> 'meetingUrl',
    'cancellationReason', case when (booking ->> 'wholeSlot')::boolean
      then booking -> 'cancellationReason' end
  )) || jsonb_build_object('attendees', (
    select coalesce(jsonb_agg(said.entry), '[]'::jsonb)
    from jsonb_array_elements(booking -> 'attendees') a
    cross join lateral (
      select private.is_same_person(
          a ->> 'email', a ->> 'phone', visit.attendee_email, visit.attendee_phone) as is_erased,
        a ->> 'email' = private.nobody() or exists (
          select from public.calendar_event_uids u
          join public.calendar_events e on e.id = u.event_id
          where u.booking_uid in (booking ->> 'uid', booking ->> 'rescheduleUid')
            and e.erased_at is null and e.id <> visit.id and private.is_same_person(
              a ->> 'email', a ->> 'phone', e.attendee_email, e.attendee_phone)) as is_kept
    ) person
    cross join lateral (
      select a as entry where person.is_kept or is_known and not person.is_erased
      union all
      select jsonb_build_object('email', private.nobody(), 'phone', null, 'noShow', a -> 'noShow')
      where person.is_erased
    ) said
  ));
end;
$$;
revoke all on function private.without_seat(jsonb, public.calendar_events)
  from public, anon, authenticated;
grant execute on function private.without_seat(jsonb, public.calendar_events) to service_role;
comment on function private.without_seat(jsonb, public.calendar_events) is
  'What was said of a whole slot, without the person of one seat. The others stay in it; once '
  'nothing is known of the person, only those whose seats are known.';

create function private.erase_deliveries(visit public.calendar_events)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.webhook_logs l
  set booking = private.without_person(
      l.booking, l.cal_com_event_id, visit.attendee_email, visit.attendee_phone),
    payload = private.blanked('erasure'), blanked_at = coalesce(l.blanked_at, now()),
    erased_at = now()
  where l.cal_com_event_id in (
      select u.cal_com_event_id from public.calendar_event_uids u where u.event_id = visit.id)
    and (l.salon_id = visit.salon_id
      or l.salon_id is null and private.find_salon(l.booking) = visit.salon_id)
    and l.erased_at is null;
  if position('#' in visit.cal_com_event_id) = 0 then
    return;
  end if;
  update public.webhook_logs l
  set booking = private.without_seat(l.booking, visit),
    payload = private.blanked('erasure'), blanked_at = coalesce(l.blanked_at, now())
  where l.cal_com_event_id in (
      select u.booking_uid from public.calendar_event_uids u where u.event_id = visit.id)
    and (l.salon_id = visit.salon_id
      or l.salon_id is null and private.find_salon(l.booking) = visit.salon_id)
    and l.booking is not null
    and (l.blanked_at is null
      or private.names_attendee(l.booking, visit.attendee_email, visit.attendee_phone) is not null);
end;
$$;
revoke all on function private.erase_deliveries(public.calendar_events)
  from public, anon, authenticated;
grant execute on function private.erase_deliveries(public.calendar_events) to service_role;
comment on function private.erase_deliveries(public.calendar_events) is
  'Takes the person out of all deliveries of an erased visit that still name them: at the erasure, '
  'and whenever one more arrives. Not out of one that waits for another salon.';
