-- Called by private.refold_event after the fold.

create function private.keep_decisions(event public.calendar_events)
returns public.calendar_events
language plpgsql
immutable
set search_path = ''
as $$
begin
  if event.auto_completed_at is not null then
    if event.end_time > event.auto_completed_at
      or event.status not in ('scheduled', 'confirmed', 'no_show') then
      event.auto_completed_at := null;
    elsif event.status = 'no_show' then
      event.status_before_no_show := 'completed';
    else
      event.status := 'completed';
    end if;
  end if;
  event.attendee_email := nullif(event.attendee_email, private.nobody());
  if event.erased_at is not null then
    event.title := 'Wizyta';
    event.description := null;
    event.attendee_email := null;
    event.attendee_phone := null;
    event.location := null;
    event.meeting_url := null;
    event.cancellation_reason := null;
    event.ical_uid := substring(event.ical_uid from '^[^@]+@Cal\.com$');
  end if;
  return event;
end;
$$;
revoke all on function private.keep_decisions(public.calendar_events)
  from public, anon, authenticated;
grant execute on function private.keep_decisions(public.calendar_events) to service_role;
comment on function private.keep_decisions(public.calendar_events) is
  'The visit as its deliveries make it, with what was decided about it outside Cal.com.';
