-- What becomes of messages when a visit is merged into another or deleted, or its client is.
-- Objects: private.forget_covered_visit, private.forget_client_of_message with their triggers,
-- private.may_have_gone_out; a new body for private.merge_events.
-- Destructive: a client who is deleted takes their number and texts along. Undo: drop the triggers
-- and functions, restore merge_events from 090510.

create function private.forget_covered_visit()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  delete from public.sms_message_events c where c.event_id = old.id;
  return null;
end;
$$;
revoke all on function private.forget_covered_visit() from public, anon, authenticated;
comment on function private.forget_covered_visit() is
  'Trigger: a visit that is deleted is no longer covered by a message.';
create trigger forget_covered_visit
  after delete on public.calendar_events
  for each row execute function private.forget_covered_visit();

create function private.forget_client_of_message()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.phone_number := null;
  -- What is being sent needs its text until it is settled; trim_sms takes it later.
  if new.status not in ('leased', 'unknown') then
    new.phone := null;
    new.body := null;
  end if;
  return new;
end;
$$;
revoke all on function private.forget_client_of_message() from public, anon, authenticated;
comment on function private.forget_client_of_message() is
  'Trigger: with a client go their number and the texts they got.';
create trigger forget_client_of_message
  before update of client_id on public.sms_messages
  for each row when (new.client_id is null and old.client_id is not null)
  execute function private.forget_client_of_message();

create function private.may_have_gone_out(m public.sms_messages)
returns boolean
language sql
immutable
set search_path = ''
as $$
  select m.status in ('sent', 'delivered', 'undelivered', 'unknown')
    or m.maybe_sent_since is not null
    or (m.status = 'leased' and m.dispatch_started_at is not null);
$$;
revoke all on function private.may_have_gone_out(public.sms_messages)
  from public, anon, authenticated;
grant execute on function private.may_have_gone_out(public.sms_messages)
  to service_role, sms_worker;
comment on function private.may_have_gone_out(public.sms_messages) is
  'Whether somebody may have got this message.';

-- As it was, and what was planned for a row that goes is remembered for the one that stays.
create or replace function private.merge_events(kept uuid, merged uuid[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  -- Not while reminders are planned: planner and merge would each miss what the other covers.
  perform pg_advisory_xact_lock(hashtextextended('sms_plan', 0));
  update public.calendar_event_uids set event_id = kept where event_id = any (merged);
  insert into public.sms_message_events as covered (event_id, start_time, kind, message_id)
  select distinct on (c.start_time, c.kind) kept, c.start_time, c.kind, c.message_id
  from public.sms_message_events c
  join public.sms_messages m on m.id = c.message_id
  where c.event_id = any (merged)
  order by c.start_time, c.kind, private.may_have_gone_out(m) desc, m.created_at
  on conflict (event_id, start_time, kind) do update set message_id = excluded.message_id
  where exists (
    select from public.sms_messages here, public.sms_messages there
    where here.id = covered.message_id and there.id = excluded.message_id
      and private.may_have_gone_out(there) and not private.may_have_gone_out(here));
  update public.calendar_events k
  set client_id = m.client_id, pet_id = m.pet_id, link_source = m.link_source
  from public.calendar_events m
  where k.id = kept and k.link_source is distinct from 'manual'
    and m.id = any (merged) and m.link_source = 'manual';
  delete from public.calendar_events where id = any (merged);
end;
$$;
