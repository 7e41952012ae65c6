-- Called by private.sms_still_to_tell and the view private.unplanned_appointments.

create function private.sms_is_told(
  event uuid,
  number_typed text,
  kind public.sms_message_kind,
  true_start timestamptz,
  since timestamptz,
  known_start timestamptz default null,
  other_than uuid default null
)
returns boolean
language plpgsql
stable
-- Of the conditions of private.unplanned_appointments, the last that Postgres evaluates.
cost 10000
set search_path = ''
as $$
declare
  last record;
begin
  -- It says how to answer, and names no start.
  if kind = 'answer' then
    return false;
  end if;
  -- Most appointments were never told of, which is found out faster than what was told last.
  if not exists (
    select from private.sms_told_events told
    where told.event_id = event and told.message_id is distinct from other_than
  ) then
    return coalesce(known_start = true_start, false);
  end if;
  select t.* into last from private.sms_last_text(event, number_typed, other_than) t;
  return coalesce(case
    when last.start_time is null then known_start = true_start
    else last.start_time = true_start and (
      kind in ('booked', 'moved', 'cancelled') or kind = any (last.kinds) or last.told_at >= since)
  end, false);
end;
$$;
revoke all on function private.sms_is_told(
  uuid, text, public.sms_message_kind, timestamptz, timestamptz, timestamptz, uuid)
  from public, anon, authenticated;
grant execute on function private.sms_is_told(
  uuid, text, public.sms_message_kind, timestamptz, timestamptz, timestamptz, uuid) to sms_worker;
comment on function private.sms_is_told(
  uuid, text, public.sms_message_kind, timestamptz, timestamptz, timestamptz, uuid) is
  'Whether a number needs no message of this kind, because the last text that it has about the '
  'appointment is true. A reminder is needed all the same if that text was of another kind and is '
  'older than since. true_start: infinity, if the appointment was cancelled. known_start: the start '
  'that a client knows who was never told one.';
