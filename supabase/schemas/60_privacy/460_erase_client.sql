-- Called by owners, and by service_role.

create function public.erase_client(p_client_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  client public.clients;
  own record;
  appointments uuid[];
  others uuid[];
  answer jsonb;
begin
  select c.* into client from public.clients c where c.id = p_client_id;
  if client.id is null then
    select e.salon_id into client.salon_id
    from public.client_erasures e where e.client_id = p_client_id;
  end if;
  if client.salon_id is null or not private.can_manage_salon(client.salon_id) then
    raise exception 'There is no such client'
      using errcode = 'PT404', hint = 'Owners can erase the clients of their salon.';
  end if;

  -- Waits for the deliveries of the salon that are being applied, and blocks later ones.
  perform private.lock_salon(client.salon_id);
  if client.id is not null then
    select * into own from private.unique_contacts(client);
    appointments := private.client_appointments(client, own.phone, own.email);
    others := array(
      select d.log_id from private.unlinked_client_deliveries(client, appointments, own.pattern) d);
    -- One without a salon may just be assigned to another.
    perform from public.webhook_logs l where l.id = any (others) order by l.id for update;
  end if;
  -- No reminder may be planned meanwhile.
  perform pg_advisory_xact_lock(hashtextextended('sms_plan', 0));
  select c.* into client from public.clients c where c.id = p_client_id for update;
  if client.id is null then
    return (
      select jsonb_object_agg(c.key, 0)
      from public.client_erasures e, jsonb_each(e.counts) c where e.client_id = p_client_id);
  end if;

  answer := private.erase_client_data(client, others);
  insert into public.client_erasures (client_id, salon_id, erased_by, counts)
  values (p_client_id, client.salon_id, (select auth.uid()), answer);
  return answer;
end;
$$;
revoke all on function public.erase_client(uuid) from public, anon, authenticated;
grant execute on function public.erase_client(uuid) to authenticated, service_role;
comment on function public.erase_client(uuid) is
  'Erases a client permanently: the client, pets that belong to nobody else, and the opt-out; from '
  'appointments, deliveries and messages everything that identifies the person, while the rows '
  'stay to be counted. Messages that were not sent are cancelled. Appointments and deliveries that '
  'are not linked to the client are found by phone (in any spelling) and e-mail, unless another '
  'client of the salon has the same: then it is their data as well, and stays. Returns the erased '
  'rows by table; zeros if the client was erased before. For owners of the salon and service_role; '
  'for others the client does not exist: PT404. Security definer, because members may not '
  'otherwise write the calendar.';
