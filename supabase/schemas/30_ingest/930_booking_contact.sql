-- Called by functions/appointments as the member who books.

create function public.booking_contact(
  p_salon_id uuid, p_client_id uuid default null, p_pet_id uuid default null
)
returns table (
  cal_com_username text, timezone text, name text, phone text, email text
)
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return query
    select s.cal_com_username::text, s.timezone::text,
      trim(concat_ws(' ', c.name, c.surname)), private.e164(c.phone_number), nullif(c.email, '')
    from public.salons s
    left join public.clients c on c.id = p_client_id and c.salon_id = s.id
    where s.id = p_salon_id and s.id = any (private.salon_ids())
      and (p_client_id is null or c.id is not null)
      and (p_pet_id is null
        or exists (select from public.pets p where p.id = p_pet_id and p.salon_id = s.id));
end;
$$;
revoke all on function public.booking_contact(uuid, uuid, uuid)
  from public, anon, authenticated, service_role;
grant execute on function public.booking_contact(uuid, uuid, uuid) to authenticated;
comment on function public.booking_contact(uuid, uuid, uuid) is
  'Where a salon is booked in Cal.com, and for whom: the name, the phone number in E.164 and the '
  'e-mail of a client. No row unless salon, client and pet belong together and to the caller. '
  'Security definer, because members may not call private.e164.';
