-- Called by export_client.

create function private.unlinked_client_deliveries(
  client public.clients, appointments uuid[], own private.contacts
)
returns table (log_id uuid, is_mention boolean)
language plpgsql
stable
set search_path = ''
as $$
declare
  linked uuid[] := array(
    select v.log_id from private.appointment_deliveries(client, appointments) v);
begin
  return query
  select l.id, private.is_about_appointment(l, client.salon_id)
  from public.webhook_logs l
  where (l.salon_id = client.salon_id
      or l.salon_id is null and private.may_search_unassigned())
    and l.id <> all (linked)
    and private.is_client_delivery(l, client.id, client.salon_id, own);
end;
$$;
revoke all on function private.unlinked_client_deliveries(public.clients, uuid[], private.contacts)
  from public, anon, authenticated;
comment on function private.unlinked_client_deliveries(public.clients, uuid[], private.contacts) is
  'Other deliveries that contain the client''s contact, see private.is_client_delivery. Reads all '
  'of the salon, which takes about a second for 10,000 bodies. is_mention: the delivery is about '
  'appointments of others; if not, it never became an appointment.';
