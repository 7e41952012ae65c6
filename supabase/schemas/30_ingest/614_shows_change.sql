-- Called by private.write_appointment.

create function private.shows_change(
  before public.calendar_events, after public.calendar_events, is_snapshot boolean
)
returns boolean
language plpgsql
immutable
set search_path = ''
as $$
begin
  if is_snapshot then
    return (before.cal_com_event_id, before.salon_id, before.status, before.start_time,
        before.end_time)
      is distinct from (after.cal_com_event_id, after.salon_id, after.status, after.start_time,
        after.end_time)
      -- What staff say hides the status by Cal.com, until they take it back.
      or before.attendance is not null
        and before.fold_state ->> 'status' is distinct from after.fold_state ->> 'status'
      -- A value that is missing here may have been erased.
      or before.title <> after.title or coalesce(before.location <> after.location, false)
      or coalesce(before.attendee_name <> after.attendee_name, false)
      or coalesce(before.attendee_email <> after.attendee_email, false)
      or coalesce(before.attendee_phone <> after.attendee_phone, false)
      or before.host_username is distinct from after.host_username
      or after.host_username is null and before.host_name is distinct from after.host_name
      or before.created_at > after.created_at + private.stamp_tolerance();
  end if;
  before.fold_state := after.fold_state;
  return before is distinct from after;
end;
$$;
revoke all on function private.shows_change(
  public.calendar_events, public.calendar_events, boolean) from public, anon, authenticated;
grant execute on function private.shows_change(
  public.calendar_events, public.calendar_events, boolean) to service_role;
comment on function private.shows_change(
  public.calendar_events, public.calendar_events, boolean) is
  'Whether an appointment changed. A snapshot that differs only in what the API words differently '
  'from a webhook, or that is only newer, is no change: otherwise every poll would be stored.';
