-- Called by private.match_seat_placeholder.

create function private.fill_seat_placeholder(booking jsonb, key text, old_key text)
returns void
language plpgsql
set search_path = ''
as $$
declare
  unseen text := (booking ->> 'uid') || '#' || private.booking_seat_id(booking - 'seatId');
begin
  if unseen = key or private.first_occurred_at(unseen) is not null then
    return;
  end if;
  if exists (select from public.calendar_event_uids u where u.cal_com_event_id = key) then
    -- It came back before it was heard of, and this is how it all began.
    if old_key is null then
      update public.calendar_event_uids set replaces = key where replaces = unseen;
      delete from public.calendar_event_uids u
      using public.calendar_event_uids k
      where u.cal_com_event_id = unseen
        and k.cal_com_event_id = key and k.event_id = u.event_id;
    end if;
    return;
  end if;
  -- One that comes back may not be the one that is kept a place for.
  if exists (
    select from public.calendar_event_uids u
    join public.calendar_event_uids o on o.event_id = u.event_id
    where u.cal_com_event_id = unseen and o.cal_com_event_id = old_key
  ) then
    return;
  end if;
  update public.calendar_event_uids set cal_com_event_id = key where cal_com_event_id = unseen;
  if found then
    update public.calendar_event_uids set replaces = key where replaces = unseen;
  end if;
end;
$$;
revoke all on function private.fill_seat_placeholder(jsonb, text, text) from public, anon, authenticated;
grant execute on function private.fill_seat_placeholder(jsonb, text, text) to service_role;
comment on function private.fill_seat_placeholder(jsonb, text, text) is
  'A seat appears after the delivery that moved it away: it takes the place that was kept for it '
  'under the attendee (see find_predecessor).';
