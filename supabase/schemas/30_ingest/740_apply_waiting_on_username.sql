-- Applies the deliveries that arrived before a salon had its username. Trigger on salons.

create function private.apply_waiting_on_username()
returns trigger
language plpgsql
set search_path = ''
as $$
declare
  delivery public.webhook_logs;
  deadline timestamptz := clock_timestamp() + interval '2 seconds';
begin
  -- A concurrent delivery either is seen here, or waits for this lock and then sees the salon.
  perform pg_advisory_xact_lock(private.lock_key('username', lower(new.cal_com_username)));
  perform private.lock_salon(new.id);
  for delivery in
    select l.* from public.webhook_logs l
    where l.salon_id is null and l.status = 'error' and l.booking is not null
      and lower(l.booking ->> 'organizerUsername') = lower(new.cal_com_username)
    order by l.created_at
    limit 500
    for update skip locked
  loop
    delivery.salon_id := new.id;
    perform private.process_delivery(delivery, is_stored => true, is_batch => true);
    exit when clock_timestamp() > deadline;
  end loop;
  update public.webhook_logs l
  set next_attempt_at = now()
  where l.salon_id is null and l.status = 'error' and l.booking is not null
    and lower(l.booking ->> 'organizerUsername') = lower(new.cal_com_username);
  return null;
end;
$$;
revoke all on function private.apply_waiting_on_username() from public, anon, authenticated;
comment on function private.apply_waiting_on_username() is
  'Trigger: applies up to 500 deliveries that waited for a salon to get its Cal.com username, for '
  'at most two seconds. The others, dead letters included, are due for a retry.';

create trigger apply_waiting_on_username
  after insert or update of cal_com_username on public.salons
  for each row when (new.cal_com_username is not null)
  execute function private.apply_waiting_on_username();
