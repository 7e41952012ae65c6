-- Trigger on calendar_events.

create function private.record_sms_change()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  now_at timestamptz;
  change public.sms_message_kind;
begin
  -- Most salons send no notices, and every booking comes here.
  if not exists (
    select from public.sms_texts t
    where t.salon_id = new.salon_id and t.enabled and t.kind in ('booked', 'moved', 'cancelled')
  ) then
    return null;
  end if;
  now_at := private.app_now();
  change := case
    when new.start_time <= now_at or new.erased_at is not null then null
    when new.status = 'cancelled' then case
      when old.status in ('pending', 'scheduled', 'confirmed')
        and private.was_cancelled_by_salon(new) then 'cancelled' end
    when new.status not in ('scheduled', 'confirmed') then null
    when tg_op = 'INSERT' or old.status = 'pending' or old.salon_id is null then 'booked'
    when old.start_time <> new.start_time then 'moved'
  end;
  insert into private.sms_changes as known (event_id, kind, salon_id, happened_at, known_start)
  select new.id, change, t.salon_id, now_at, case change when 'moved' then old.start_time end
  from public.sms_texts t
  join public.sms_settings r on r.salon_id = t.salon_id
  where t.salon_id = new.salon_id and t.kind = change and r.enabled
    -- Not what a sync imports, and what was booked before the salon sent such notices.
    and (change <> 'booked'
      or greatest(new.created_at, case when old.status = 'pending' then new.last_event_at end)
        >= greatest(t.enabled_at, now_at - interval '1 day'))
  on conflict (event_id, kind) do update
  set salon_id = excluded.salon_id, happened_at = excluded.happened_at,
    known_start = case when known.happened_at > now_at - interval '1 day'
      then known.known_start else excluded.known_start end;
  return null;
end;
$$;
revoke all on function private.record_sms_change() from public, anon, authenticated;
comment on function private.record_sms_change() is
  'Trigger: records that an appointment was booked, moved or cancelled by the salon, if the salon '
  'sends such notices. A booking that waits for its confirmation counts as booked when it has it. '
  'Security definer, because whoever changes an appointment may not read the texts of the salon.';

create trigger record_new_sms_change
  after insert on public.calendar_events
  for each row execute function private.record_sms_change();
create trigger record_sms_change
  after update on public.calendar_events
  for each row when (new.start_time is distinct from old.start_time
    or new.status is distinct from old.status or new.salon_id is distinct from old.salon_id)
  execute function private.record_sms_change();
