-- Called by private.search_deliveries and private.unlinked_client_deliveries.

create function private.is_client_delivery(
  delivery public.webhook_logs, client uuid, salon uuid, own private.contacts
)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return delivery.erased_at is null
    and (private.names_contact(concat(delivery.booking::text, ' ', delivery.payload::text), own)
      or delivery.booking ->> 'clientId' = client::text
        and not private.is_about_appointment(delivery, salon))
    and (delivery.salon_id = salon
      or delivery.salon_id is null
        and coalesce(private.find_salon(delivery.booking), salon) = salon);
end;
$$;
revoke all on function private.is_client_delivery(public.webhook_logs, uuid, uuid, private.contacts)
  from public, anon, authenticated;
comment on function private.is_client_delivery(public.webhook_logs, uuid, uuid, private.contacts) is
  'Whether a delivery of the salon, or of none, contains a phone or e-mail of the client, or was '
  'booked with the client''s id and never became an appointment.';
