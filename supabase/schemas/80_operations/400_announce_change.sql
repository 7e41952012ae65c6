-- Tells open dashboards that something of their salon changed. Realtime's Broadcast from the
-- database: https://supabase.com/docs/guides/realtime/broadcast#broadcast-using-the-database

create function private.announce_change()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  salon uuid := coalesce(new.salon_id, old.salon_id);
  announced text := coalesce(current_setting('barkbook.announced', true), '');
begin
  if salon is null or position(salon::text in announced) > 0 then
    return null;
  end if;
  -- A rollback to a savepoint takes the message back, and this with it.
  -- The last hundred are enough: a longer list takes longer to search for each row than a second
  -- announcement costs.
  announced := set_config('barkbook.announced', right(announced || salon, 100 * 36), true);
  if to_regprocedure('realtime.send(jsonb, text, text, boolean)') is not null then
    begin
      -- Not dynamic, which would cost more than sending.
      perform realtime.send('{}', 'changed', 'salon:' || salon, true);
    exception
      when others then
        raise warning 'Realtime is not told of a change: %', sqlerrm;
    end;
  end if;
  return null;
end;
$$;
revoke all on function private.announce_change() from public, anon, authenticated;
comment on function private.announce_change() is
  'Trigger: sends the event changed, without any data, to the private topic salon:<id>, once for each '
  'salon and transaction, and again after a hundred other salons. Without Supabase Realtime it does '
  'nothing, and it never fails. Security definer, because members may not write to the topics of '
  'Realtime.';

create trigger announce_change
  after insert or update or delete on public.calendar_events
  for each row execute function private.announce_change();
create trigger announce_change
  after insert or update or delete on public.clients
  for each row execute function private.announce_change();
create trigger announce_change
  after insert or update or delete on public.pets
  for each row execute function private.announce_change();
create trigger announce_change
  after insert or delete on public.sms_messages
  for each row execute function private.announce_change();
-- What a run does between claiming a message and its result is not shown, nor is a receipt that says
-- nothing new. An appointment that joins a message that waits changes none of its columns.
create trigger announce_update
  after update on public.sms_messages
  for each row when (new.status <> 'leased' and (
    new.status <> old.status or new.provider_status is not distinct from old.provider_status))
  execute function private.announce_change();
create trigger announce_change
  after insert or update or delete on public.sms_inbox
  for each row execute function private.announce_change();
-- Those that were applied change an appointment.
create trigger announce_change
  after insert or update on public.webhook_logs
  for each row when (new.status <> 'success') execute function private.announce_change();
