-- Called by private.resolve_appointment.

create function private.register_uids(
  appointment uuid, uid text, seat text, old_uid text, old_seat text, first_uid text,
  out is_added boolean, out reordered boolean
)
language plpgsql
set search_path = ''
as $$
declare
  next_generation integer := 0;
  changed integer;
begin
  is_added := false;
  reordered := false;
  if old_uid is not null then
    select u.generation + (seat = '' or seat <> old_seat)::integer into next_generation
    from public.calendar_event_uids u
    where u.booking_uid = old_uid and u.seat_id = old_seat and u.event_id = appointment
      and not exists (
        select from public.calendar_event_uids later
        where later.event_id = appointment and later.generation > u.generation);
  end if;
  -- A new booking, or one more link at the end of a chain.
  if next_generation is not null then
    insert into public.calendar_event_uids
      (booking_uid, seat_id, event_id, replaced_uid, replaced_seat_id, generation)
    values (uid, seat, appointment, old_uid, old_seat, next_generation)
    on conflict do nothing;
    is_added := found;
    if is_added or old_uid is null then
      return;
    end if;
  end if;

  insert into public.calendar_event_uids as u
    (booking_uid, seat_id, event_id, replaced_uid, replaced_seat_id, is_guess)
  select k.uid, k.seat, appointment, k.replaced_uid, k.replaced_seat, k.is_guess
  from (values
    (uid, seat, old_uid, old_seat, false),
    (old_uid, old_seat, nullif(first_uid, old_uid), case when first_uid <> old_uid then '' end,
      coalesce(first_uid <> old_uid, false)),
    (nullif(first_uid, old_uid), '', null, null, false)
  ) as k (uid, seat, replaced_uid, replaced_seat, is_guess)
  where k.uid is not null
  on conflict (booking_uid, seat_id) do update
    set replaced_uid = excluded.replaced_uid, replaced_seat_id = excluded.replaced_seat_id,
      is_guess = excluded.is_guess
    where excluded.replaced_uid is not null
      and (u.replaced_uid is null or u.is_guess and not excluded.is_guess);
  get diagnostics changed = row_count;
  reordered := changed > 0;
end;
$$;
revoke all on function private.register_uids(uuid, text, text, text, text, text)
  from public, anon, authenticated;
grant execute on function private.register_uids(uuid, text, text, text, text, text)
  to service_role;
comment on function private.register_uids(uuid, text, text, text, text, text) is
  'Registers the uid of a booking, the one that it replaces, and the first one of its chain. A '
  'known predecessor replaces a guess, never the other way round. is_added: it is new, and the '
  'last one. reordered: the chain changed elsewhere than at its end.';
