-- Called by owners, and by service_role.

create function public.erase_client(p_client_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  -- Several salons may have had a client with this id, one after another.
  salon uuid := (
    select s.id
    from (
      select c.salon_id as id, 'infinity' as since from public.clients c where c.id = p_client_id
      union all
      select e.salon_id, e.erased_at from public.client_erasures e
      where e.client_id = p_client_id
    ) s
    where private.can_manage_salon(s.id)
    order by s.since desc limit 1);
begin
  if salon is null then
    raise exception 'There is no such client'
      using errcode = 'PT404', hint = 'Owners can erase the clients of their salon.';
  end if;
  -- Before the row of the client, as a delivery does.
  perform private.lock_salon(salon);
  delete from public.clients c where c.id = p_client_id and c.salon_id = salon;
  return (
    select case when found then e.counts
      else (select jsonb_object_agg(c.key, 0) from jsonb_each(e.counts) c) end
    from public.client_erasures e
    where e.salon_id = salon and e.client_id = p_client_id);
end;
$$;
revoke all on function public.erase_client(uuid) from public, anon, authenticated;
grant execute on function public.erase_client(uuid) to authenticated, service_role;
comment on function public.erase_client(uuid) is
  'Erases a client permanently, as deleting the row does: the client, pets that belong to nobody '
  'else, and the opt-out; from appointments, deliveries and messages everything that identifies '
  'the person, while the rows stay to be counted. Messages that were not sent are cancelled. '
  'Appointments and deliveries that are not linked to the client are found by phone (in any '
  'spelling) and e-mail, unless another client of the salon or a host has the same. Deliveries '
  'that are not searched within two seconds follow by the job: see client_erasures.finished_at. '
  'Returns the rows erased so far by table; zeros if the client was erased before. For owners of '
  'the salon and service_role; for others the client does not exist: PT404. Security definer, '
  'because it reads erasures and locks the salon.';
