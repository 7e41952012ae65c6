-- Called when an id is added to the chain of an appointment.

create function private.number_generations(appointment uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  with recursive chain as (
    select u.cal_com_event_id, 0 as generation
    from public.calendar_event_uids u
    where u.event_id = appointment
      and not exists (
        select from public.calendar_event_uids older
        where older.event_id = appointment and older.cal_com_event_id = u.replaces)
    union all
    select u.cal_com_event_id, c.generation + 1
    from chain c
    join public.calendar_event_uids u
      on u.event_id = appointment and u.replaces = c.cal_com_event_id
  )
  update public.calendar_event_uids u
  set generation = c.generation
  from chain c
  where u.cal_com_event_id = c.cal_com_event_id and u.generation <> c.generation;
end;
$$;
revoke all on function private.number_generations(uuid) from public, anon, authenticated;
grant execute on function private.number_generations(uuid) to service_role;
comment on function private.number_generations(uuid) is
  'Recounts how many reschedules led to each id of an appointment, after an id was added. Ids that '
  'replace each other in a circle keep their number: only seats return to a slot, and those are '
  'ordered by time.';
