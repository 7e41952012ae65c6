-- Called for deliveries whose webhook does not determine the salon.

create function private.find_salon(booking jsonb)
returns uuid
language plpgsql
stable
set search_path = ''
as $$
declare
  salon uuid;
begin
  select s.id into salon from public.salons s
  where lower(s.cal_com_username) = lower(booking ->> 'organizerUsername');
  if salon is null then
    select e.salon_id into salon
    from public.calendar_event_uids u
    join public.calendar_events e on e.id = u.event_id
    where u.booking_uid in (booking ->> 'uid', booking ->> 'rescheduleUid')
      and e.salon_id is not null
      -- A salon's own webhook can name any uid, so its deliveries prove nothing about others.
      and (exists (
          select from public.webhook_logs l
          where l.cal_com_event_id = u.cal_com_event_id and l.salon_id = e.salon_id
            and not l.from_salon_webhook)
        or not exists (
          select from public.webhook_logs l
          where l.cal_com_event_id = e.cal_com_event_id and l.salon_id = e.salon_id))
    limit 1;
  end if;
  if salon is null then
    select c.salon_id into salon from public.clients c
    where c.id = (booking ->> 'clientId')::uuid;
  end if;
  if salon is null then
    select p.salon_id into salon from public.pets p where p.id = (booking ->> 'petId')::uuid;
  end if;
  return salon;
end;
$$;
revoke all on function private.find_salon(jsonb) from public, anon, authenticated;
grant execute on function private.find_salon(jsonb) to service_role;
comment on function private.find_salon(jsonb) is
  'The salon of a booking: by its host, else by the known booking, and only then by the metadata, '
  'which anyone can forge.';
