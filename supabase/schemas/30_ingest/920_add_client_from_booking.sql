-- Called by members.

create function public.add_client_from_booking(p_event_id uuid, p_pet_name text default null)
returns table (client_id uuid, pet_id uuid, is_new boolean)
language plpgsql
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  pet_name text := nullif(trim(p_pet_name), '');
  salon uuid;
  appointment public.calendar_events;
begin
  select e.salon_id into salon from public.calendar_events e
  where e.id = p_event_id and e.salon_id = any (private.salon_ids());
  if salon is null then
    raise exception 'There is no such appointment'
      using errcode = 'PT404', hint = 'Members can add the clients of their salon.';
  end if;
  -- As a delivery does, before any row; and two calls at once would add the client twice.
  perform private.lock_salon(salon);
  select e.* into appointment from public.calendar_events e where e.id = p_event_id;
  is_new := false;
  client_id := coalesce(appointment.client_id, private.client_of_booking(appointment));
  if client_id is null then
    client_id := private.new_client_of_booking(appointment);
    is_new := true;
  end if;
  pet_id := case when pet_name is null and appointment.pet_id is not null then appointment.pet_id
    else private.pet_for_booking(salon, client_id, pet_name) end;
  if (client_id, pet_id) is distinct from (appointment.client_id, appointment.pet_id) then
    update public.calendar_events e
    set client_id = add_client_from_booking.client_id,
      pet_id = add_client_from_booking.pet_id, link_source = 'manual'
    where e.id = p_event_id;
    insert into public.salon_activity (salon_id, event_id, client_id, action, actor_id)
    values (salon, p_event_id, client_id, 'assign', auth.uid());
  end if;
  return next;
end;
$$;
revoke all on function public.add_client_from_booking(uuid, text)
  from public, anon, authenticated, service_role;
grant execute on function public.add_client_from_booking(uuid, text) to authenticated;
comment on function public.add_client_from_booking(uuid, text) is
  'Assigns to an appointment the client whom its booking names: one that deliveries would find, or '
  'a new one with the name, phone number and e-mail of the booking, without consent. p_pet_name: '
  'also assigns the pet of that name, and adds it to the client if there is none. Repeating it '
  'changes nothing. For members; to others the appointment does not exist: PT404. PT409 if several '
  'clients have the phone number, PT422 if the booking has no name or no phone number. Security '
  'definer, because it locks the salon and finds the client as deliveries do.';
