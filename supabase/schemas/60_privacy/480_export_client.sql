-- Called by owners, and by service_role.

create function public.export_client(p_client_id uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  client public.clients;
  own private.contacts;
  appointments uuid[];
begin
  select c.* into client from public.clients c where c.id = p_client_id;
  if client.salon_id is null or not private.can_manage_salon(client.salon_id) then
    raise exception 'There is no such client'
      using errcode = 'PT404', hint = 'Owners can export the clients of their salon.';
  end if;
  own := private.unique_contacts(client);
  appointments := private.client_appointments(client, own.phone, own.email);
  return jsonb_build_object(
    'exported_at', now(),
    'salon', (
      select jsonb_build_object('name', s.name, 'address', s.address)
      from public.salons s where s.id = client.salon_id),
    'client', to_jsonb(client) - 'salon_id',
    'pets', (
      select coalesce(jsonb_agg(to_jsonb(p) - 'salon_id' order by p.name, p.id), '[]'::jsonb)
      from public.pets p
      where p.id in (select cp.pet_id from public.client_pets cp where cp.client_id = client.id)
        or p.id = any (private.pets_only_of_client(client, appointments))),
    'calendar_events', (
      select coalesce(jsonb_agg(to_jsonb(e) - '{salon_id,fold_state}'::text[]
        order by e.start_time), '[]'::jsonb)
      from public.calendar_events e where e.id = any (appointments)),
    'webhook_logs', private.export_deliveries(client, appointments, own),
    'sms_messages', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'kind', m.kind, 'local_date', m.local_date, 'phone', coalesce(m.phone, m.phone_number),
        'body', m.body, 'status', m.status, 'provider', m.provider, 'sent_at', m.sent_at)
        order by m.created_at), '[]'::jsonb)
      from public.sms_messages m
      where m.salon_id = client.salon_id
        and (m.client_id = client.id or m.client_id is null and m.phone = own.phone)),
    'sms_inbox', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'phone', i.phone, 'body', i.body, 'received_at', i.received_at)
        order by i.received_at), '[]'::jsonb)
      from public.sms_inbox i
      where i.salon_id = client.salon_id
        and (i.client_id = client.id or i.client_id is null and i.phone = own.phone)),
    'salon_activity', (
      select coalesce(jsonb_agg(jsonb_build_object('action', a.action, 'outcome', a.outcome,
        'created_at', a.created_at) order by a.created_at), '[]'::jsonb)
      from public.salon_activity a
      where a.client_id = client.id or a.event_id = any (appointments)),
    'sms_opt_outs', (
      select coalesce(jsonb_agg(to_jsonb(o) - 'salon_id'), '[]'::jsonb)
      from public.sms_opt_outs o
      where o.salon_id = client.salon_id and o.phone = private.e164(client.phone_number))
  );
end;
$$;
revoke all on function public.export_client(uuid) from public, anon, authenticated;
grant execute on function public.export_client(uuid) to authenticated, service_role;
comment on function public.export_client(uuid) is
  'Everything that is stored about a client, as JSON by table: what erase_client would erase, '
  'except that an owner does not get deliveries without a salon. Where others are concerned too, '
  'only the client''s own entry. For owners of the salon and service_role; for others the client '
  'does not exist: PT404. Security definer, because members may not otherwise read the bodies of '
  'deliveries.';
