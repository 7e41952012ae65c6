-- Applies the deliveries that arrived before a salon had its username. Trigger on salons.

create function private.apply_deferred_on_username()
returns trigger
language plpgsql
set search_path = ''
as $$
declare
  deferred public.webhook_logs[];
  delivery public.webhook_logs;
begin
  -- A concurrent delivery either is seen here, or waits for this lock and then sees the salon.
  perform pg_advisory_xact_lock(hashtextextended('username ' || lower(new.cal_com_username), 0));
  deferred := array(
    select l from public.webhook_logs l
    where l.salon_id is null and l.status = 'error' and l.booking is not null
      and lower(l.booking ->> 'organizerUsername') = lower(new.cal_com_username)
    order by l.created_at
    limit 500
  );
  perform private.lock_bookings(variadic array(select (d).booking from unnest(deferred) as d));
  foreach delivery in array deferred loop
    perform private.process_delivery(delivery);
  end loop;
  return null;
end;
$$;
revoke all on function private.apply_deferred_on_username() from public, anon, authenticated;
comment on function private.apply_deferred_on_username() is
  'Trigger: applies up to 500 deferred deliveries when a salon gets its Cal.com username. Setting '
  'the username again continues.';

create trigger apply_deferred_on_username
  after insert or update of cal_com_username on public.salons
  for each row when (new.cal_com_username is not null)
  execute function private.apply_deferred_on_username();
