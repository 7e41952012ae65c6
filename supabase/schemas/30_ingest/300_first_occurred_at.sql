-- Called by the functions that match seats. Deliveries of other salons about the same id do not
-- count.

create function private.first_occurred_at(key text)
returns timestamptz
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select min(l.occurred_at)
    from public.calendar_event_uids u
    join public.calendar_events e on e.id = u.event_id
    join public.webhook_logs l
      on l.cal_com_event_id = u.cal_com_event_id and l.salon_id = e.salon_id
    where u.cal_com_event_id = key
  );
end;
$$;
revoke all on function private.first_occurred_at(text) from public, anon, authenticated;
grant execute on function private.first_occurred_at(text) to service_role;
comment on function private.first_occurred_at(text) is
  'When the earliest delivery about an id happened, among those of the salon that the id belongs '
  'to.';
