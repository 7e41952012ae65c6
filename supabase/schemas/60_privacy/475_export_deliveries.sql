-- Called by export_client.

create function private.export_deliveries(
  client public.clients, appointments uuid[], pattern text
)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select coalesce(jsonb_agg(private.export_delivery(l, d.is_mention, pattern)
      order by l.created_at), '[]'::jsonb)
    from (
      select v.log_id, v.is_mention from private.appointment_deliveries(client, appointments) v
      union
      select o.log_id, o.is_mention
      from private.unlinked_client_deliveries(client, appointments, pattern) o
    ) d
    join public.webhook_logs l on l.id = d.log_id
    -- A delivery without a salon may turn out to be another salon's. An owner could otherwise read
    -- it by entering its contact for a client.
    where l.salon_id = client.salon_id or private.find_salon(l.booking) = client.salon_id
      or current_setting('role') <> 'authenticated'
  );
end;
$$;
revoke all on function private.export_deliveries(public.clients, uuid[], text)
  from public, anon, authenticated;
comment on function private.export_deliveries(public.clients, uuid[], text) is
  'The deliveries of a client, as private.export_delivery shows each.';
