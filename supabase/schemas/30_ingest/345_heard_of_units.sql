-- Called by private.number_generations.

create function private.heard_of_units(appointment uuid, latest public.webhook_logs)
returns table (unit text, first_heard timestamptz, last_heard timestamptz)
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  select u.unit, min(d.occurred_at), max(d.occurred_at)
  from (
    select coalesce(nullif(k.seat_id, ''), k.booking_uid) as unit, k.booking_uid, k.seat_id
    from public.calendar_event_uids k where k.event_id = appointment
  ) u
  left join lateral (
    select l.occurred_at from public.webhook_logs l
    where l.booking_uid = u.booking_uid and l.seat_id = u.seat_id
      and l.status = 'success' and l.id <> latest.id
      and l.salon_id is not distinct from latest.salon_id
      and private.proves_last_uid(l.webhook_type, l.booking)
    union all
    select latest.occurred_at
    where latest.booking_uid = u.booking_uid and latest.seat_id = u.seat_id
      and private.proves_last_uid(latest.webhook_type, latest.booking)
  ) d on true
  group by u.unit;
end;
$$;
revoke all on function private.heard_of_units(uuid, public.webhook_logs)
  from public, anon, authenticated;
grant execute on function private.heard_of_units(uuid, public.webhook_logs) to service_role;
comment on function private.heard_of_units(uuid, public.webhook_logs) is
  'When an appointment was first and last known to live under each of its units: null if no '
  'delivery says so. unit: a uid of a plain booking, or an id of a seat. latest: the delivery '
  'that is being applied.';
