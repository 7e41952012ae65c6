-- Where one client is told of.
-- Objects: private.contact_pattern, private.own_contacts, private.client_visits,
-- private.visit_deliveries, private.is_of_a_visit, private.other_deliveries.
-- Destructive: no. Undo: drop the functions.

create function private.contact_pattern(phone text, email text)
returns text
language plpgsql
immutable
set search_path = ''
as $$
declare
  -- Without the country, which may be left out: 501220314 also finds +48 501-220-314.
  digits text := right(regexp_replace(phone, '[^0-9]', '', 'g'), 9);
begin
  return nullif(concat_ws('|',
    case when length(digits) >= 7 then
      regexp_replace(digits, '(.)(?=.)', '\1[^0-9[:alpha:]"]{0,3}', 'g') || '(?![0-9])' end,
    '(?<![[:alnum:]._%+-])' || regexp_replace(lower(email), '([^[:alnum:]@_-])', '\\\1', 'g')
      || '(?![[:alnum:]-]|\.[[:alnum:]])'), '');
end;
$$;
revoke all on function private.contact_pattern(text, text) from public, anon, authenticated;
comment on function private.contact_pattern(text, text) is
  'A regular expression, without regard to case, that finds a number in any spelling and an '
  'address, but not within another. Null if there is neither.';

create function private.own_contacts(
  client public.clients, out phone text, out email text, out pattern text
)
language plpgsql
stable
set search_path = ''
as $$
begin
  phone := private.e164(client.phone_number);
  if exists (
    select from public.clients c
    where c.salon_id = client.salon_id and c.id <> client.id
      and private.e164(c.phone_number) = own_contacts.phone) then
    phone := null;
  end if;
  -- A salon may have written "brak" there, which would be found in what is said of everybody.
  email := substring(lower(trim(client.email)) from '^[^[:space:]@]+@[^[:space:]@]+$');
  if exists (
    select from public.clients c
    where c.salon_id = client.salon_id and c.id <> client.id
      and lower(c.email) = own_contacts.email) then
    email := null;
  end if;
  pattern := private.contact_pattern(phone, email);
end;
$$;
revoke all on function private.own_contacts(public.clients) from public, anon, authenticated;
comment on function private.own_contacts(public.clients) is
  'The phone and e-mail that are this client''s alone. One that a couple shares is the data of the '
  'other as well, so nothing is told to be somebody''s by it.';

create function private.client_visits(client public.clients, phone text, email text)
returns uuid[]
language plpgsql
stable
set search_path = ''
as $$
begin
  return array(
    select e.id from public.calendar_events e
    where e.salon_id = client.salon_id and e.erased_at is null
      and (e.client_id = client.id
        or e.client_id is null and (
          lower(e.attendee_email) = client_visits.email
          or private.e164(e.attendee_phone) = client_visits.phone
            -- A known address of somebody else says more than the number.
            and not exists (
              select from public.clients c
              where c.salon_id = client.salon_id and c.id <> client.id
                and lower(c.email) = lower(e.attendee_email))))
  );
end;
$$;
revoke all on function private.client_visits(public.clients, text, text)
  from public, anon, authenticated;
comment on function private.client_visits(public.clients, text, text) is
  'The visits of a client: those linked to them, and unlinked ones with a phone or e-mail that is '
  'theirs alone (private.own_contacts).';

create function private.visit_deliveries(client public.clients, visits uuid[])
returns table (log_id uuid, is_mention boolean)
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  select l.id, false
  from public.calendar_event_uids u
  join public.webhook_logs l on l.cal_com_event_id = u.cal_com_event_id
  where u.event_id = any (visits)
    and (l.salon_id = client.salon_id
      or l.salon_id is null and private.find_salon(l.booking) = client.salon_id)
  union
  -- What was said of a whole slot is not about one visit, even if the client has all its seats.
  select l.id, true
  from public.calendar_event_uids u
  join public.calendar_events e on e.id = u.event_id
  join public.webhook_logs l on l.cal_com_event_id = u.booking_uid
  where u.event_id = any (visits) and u.cal_com_event_id <> u.booking_uid
    and (l.salon_id = client.salon_id
      or l.salon_id is null and private.find_salon(l.booking) = client.salon_id)
    and private.names_attendee(l.booking, e.attendee_email, e.attendee_phone) is not null;
end;
$$;
revoke all on function private.visit_deliveries(public.clients, uuid[])
  from public, anon, authenticated;
comment on function private.visit_deliveries(public.clients, uuid[]) is
  'The deliveries that visits of a client are computed from. is_mention: it is about other '
  'people''s visits as well.';

create function private.is_of_a_visit(delivery public.webhook_logs, salon uuid)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return exists (
    select from public.calendar_event_uids u
    join public.calendar_events e on e.id = u.event_id and e.salon_id = salon
    where delivery.cal_com_event_id in (u.cal_com_event_id, u.booking_uid));
end;
$$;
revoke all on function private.is_of_a_visit(public.webhook_logs, uuid)
  from public, anon, authenticated;
comment on function private.is_of_a_visit(public.webhook_logs, uuid) is
  'Whether a delivery is about a visit of the salon, be it one seat of a slot.';

create function private.other_deliveries(client public.clients, visits uuid[], pattern text)
returns table (log_id uuid, is_mention boolean)
language plpgsql
stable
set search_path = ''
as $$
declare
  own uuid[] := array(select v.log_id from private.visit_deliveries(client, visits) v);
begin
  return query
  select l.id, said.of_a_visit
  from public.webhook_logs l
  cross join lateral (select private.is_of_a_visit(l, client.salon_id) as of_a_visit) said
  where l.erased_at is null
    and (l.salon_id = client.salon_id
      or l.salon_id is null
        and coalesce(private.find_salon(l.booking), client.salon_id) = client.salon_id
        -- What waits for a salon that nobody knows yet and names its host is that salon's: an
        -- owner of this one cannot take anything from it.
        and (current_setting('role') <> 'authenticated'
          or l.booking ->> 'organizerUsername' is null))
    and l.id <> all (own)
    and (concat(l.booking::text, ' ', l.payload::text) ~* pattern
      or l.booking ->> 'clientId' = client.id::text and not said.of_a_visit);
end;
$$;
revoke all on function private.other_deliveries(public.clients, uuid[], text)
  from public, anon, authenticated;
comment on function private.other_deliveries(public.clients, uuid[], text) is
  'Other deliveries of the client''s salon, or of none, that contain the phone or e-mail, or were '
  'booked in the client''s name and never became a visit. Reads them all, which takes about a second for ten thousand bodies. is_mention: it is about other '
  'people''s visits; if not, it never became a visit.';
