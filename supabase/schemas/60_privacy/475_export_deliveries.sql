-- Called by export_client.

create function private.export_deliveries(
  client public.clients, appointments uuid[], own private.contacts
)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select coalesce(jsonb_agg(private.export_delivery(l, d.is_mention, own.pattern)
      order by l.created_at), '[]'::jsonb)
    from (
      select v.log_id, v.is_mention from private.appointment_deliveries(client, appointments) v
      union
      select o.log_id, o.is_mention
      from private.unlinked_client_deliveries(client, appointments, own) o
    ) d
    join public.webhook_logs l on l.id = d.log_id
  );
end;
$$;
revoke all on function private.export_deliveries(public.clients, uuid[], private.contacts)
  from public, anon, authenticated;
comment on function private.export_deliveries(public.clients, uuid[], private.contacts) is
  'The deliveries of a client, as private.export_delivery shows each.';
