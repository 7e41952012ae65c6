-- Called by erase_client and export_client.

create function private.unlinked_client_deliveries(
  client public.clients, appointments uuid[], pattern text
)
returns table (log_id uuid, is_mention boolean)
language plpgsql
stable
set search_path = ''
as $$
declare
  own uuid[] := array(select v.log_id from private.appointment_deliveries(client, appointments) v);
begin
  return query
  select l.id, about.is_mention
  from public.webhook_logs l
  cross join lateral (
    select private.is_about_appointment(l, client.salon_id) as is_mention
  ) about
  where l.erased_at is null
    and (l.salon_id = client.salon_id
      or l.salon_id is null
        and coalesce(private.find_salon(l.booking), client.salon_id) = client.salon_id
        -- A delivery that names the host of a salon which does not exist yet belongs to that salon:
        -- an owner of this one must not remove anything from it.
        and (current_setting('role') <> 'authenticated'
          or l.booking ->> 'organizerUsername' is null))
    and l.id <> all (own)
    and (concat(l.booking::text, ' ', l.payload::text) ~* pattern
      or l.booking ->> 'clientId' = client.id::text and not about.is_mention);
end;
$$;
revoke all on function private.unlinked_client_deliveries(public.clients, uuid[], text)
  from public, anon, authenticated;
comment on function private.unlinked_client_deliveries(public.clients, uuid[], text) is
  'Other deliveries of the client''s salon, or without a salon, that contain the phone or e-mail, '
  'or were booked with the client''s id and never became an appointment. Reads all of them, which '
  'takes about a second for 10,000 bodies. is_mention: the delivery is about appointments of '
  'others; if not, it never became an appointment.';
