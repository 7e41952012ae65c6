-- Applies the deliveries that came before a salon had its username. Trigger on salons.

create function private.apply_deferred_on_username()
returns trigger
language plpgsql
set search_path = ''
as $$
declare
  waiting public.webhook_logs[];
  delivery public.webhook_logs;
begin
  -- A delivery that did not see this salon is seen here, or waits for this and sees it.
  perform pg_advisory_xact_lock(hashtextextended('username ' || lower(new.cal_com_username), 0));
  waiting := array(
    select l from public.webhook_logs l
    where l.salon_id is null and l.status = 'error' and l.booking is not null
      and lower(l.booking ->> 'organizerUsername') = lower(new.cal_com_username)
    order by l.created_at
    limit 500
  );
  perform private.lock_bookings(variadic array(select (w).booking from unnest(waiting) as w));
  foreach delivery in array waiting loop
    perform private.process_delivery(delivery);
  end loop;
  return null;
end;
$$;
revoke all on function private.apply_deferred_on_username() from public, anon, authenticated;
comment on function private.apply_deferred_on_username() is
  'Trigger: a salon got its Cal.com username, so the bookings that came too early can be applied, '
  'at most 500 at a time: setting the username again goes on.';

create trigger apply_deferred_on_username
  after insert or update of cal_com_username on public.salons
  for each row when (new.cal_com_username is not null)
  execute function private.apply_deferred_on_username();
