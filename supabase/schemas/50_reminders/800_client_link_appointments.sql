-- Called by client_link_show and client_link_respond.

create function private.client_link_appointments(token text)
returns setof public.calendar_events
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  select e.*
  from private.client_links l
  join public.sms_messages m on m.id = l.message_id
  -- The link is not for whoever has the client's old number, or the client's old appointment.
  join public.clients c on c.id = m.client_id and c.salon_id = m.salon_id
    and private.e164(c.phone_number) = m.phone
  join private.sms_told_events told on told.message_id = m.id
  join public.calendar_events e
    on e.id = told.event_id and e.client_id = m.client_id and e.salon_id = m.salon_id
  where l.token_hash = sha256(convert_to(token, 'UTF8'))
    and e.end_time > private.app_now()
    and e.status in ('pending', 'scheduled', 'confirmed', 'cancelled');
end;
$$;
revoke all on function private.client_link_appointments(text) from public, anon, authenticated;
grant execute on function private.client_link_appointments(text) to service_role;
comment on function private.client_link_appointments(text) is
  'The appointments behind a link: those that its SMS named, wherever they moved since, until they '
  'end. None for an unknown token.';
