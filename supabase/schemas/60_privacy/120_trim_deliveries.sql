-- Removes old payloads. Called by pg_cron.

create function private.trim_deliveries(batch integer default 1000)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  kept_days integer := (select r.kept_days from private.retention r);
  trimmed integer;
begin
  update public.webhook_logs l
  set payload = private.redacted_payload('retention'), redacted_at = now(),
    -- A delivery that belongs to no appointment is not needed any more and cannot become one.
    booking = case when old.is_needed then l.booking end,
    next_attempt_at = case when old.is_needed then l.next_attempt_at end
  from (
    select o.id, exists (
      select from public.calendar_event_uids u
      join public.calendar_events e on e.id = u.event_id and e.salon_id = o.salon_id
      where u.booking_uid = o.booking_uid and o.seat_id in (u.seat_id, '')) as is_needed
    from public.webhook_logs o
    where o.redacted_at is null and o.created_at < now() - make_interval(days => kept_days)
    order by o.created_at
    limit batch
    for update skip locked
  ) old
  where l.id = old.id;
  get diagnostics trimmed = row_count;
  return trimmed;
end;
$$;
revoke all on function private.trim_deliveries(integer) from public, anon, authenticated;
comment on function private.trim_deliveries(integer) is
  'Called by pg_cron: removes the bodies of deliveries that are older than private.retention '
  'allows, oldest first, at most one batch. What was read from a body is kept as long as an '
  'appointment is folded from it, because the row cannot be computed without it and contains the '
  'same contact; for deliveries that never became an appointment (invalid, dead, ignored) it is '
  'removed too. Returns how many. The job repeats the call until none is left.';
