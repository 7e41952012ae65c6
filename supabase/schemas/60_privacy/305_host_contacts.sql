-- Called by private.unique_contacts.

create function private.host_contacts(salon uuid)
returns text[]
language plpgsql
stable
set search_path = ''
as $$
begin
  return array(
    select lower(u.email) from auth.users u
    where u.id = (select s.user_id from public.salons s where s.id = salon)
      or u.id in (select m.user_id from public.salon_members m where m.salon_id = salon)
    union
    select contact.value
    from (
      select distinct body #>> '{organizer,email}' as organizer,
        body #>> '{organizer,phoneNumber}' as phone, body #>> '{user,email}' as owner,
        body ->> 'userPrimaryEmail' as primary_email, body #>> '{hosts,0,email}' as host,
        body #>> '{destinationCalendar,0,primaryEmail}' as calendar
      from public.webhook_logs l
      -- A webhook has the booking in payload, or is the booking, as is an answer of the API.
      cross join lateral (select coalesce(l.payload -> 'payload', l.payload) as body) delivered
      where l.salon_id = salon and l.redacted_at is null
    ) hosts
    cross join lateral (
      values (lower(organizer)), (private.e164(phone)), (lower(owner)), (lower(primary_email)),
        (lower(host)), (lower(calendar))
    ) as contact (value)
    where contact.value is not null
  );
end;
$$;
revoke all on function private.host_contacts(uuid) from public, anon, authenticated;
comment on function private.host_contacts(uuid) is
  'The e-mail addresses, in lower case, and phone numbers, in E.164, of the members of a salon and '
  'of the hosts of its bookings. They stand in every delivery and name no client.';
