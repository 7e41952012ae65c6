-- Called by private.refold_event before the fold.

create function private.undo_decisions(event public.calendar_events)
returns public.calendar_events
language plpgsql
immutable
set search_path = ''
as $$
begin
  if event.auto_completed_at is not null then
    event.status := case when event.status = 'completed' then 'scheduled' else event.status end;
    event.status_before_no_show := case when event.status_before_no_show = 'completed'
      then 'scheduled' else event.status_before_no_show end;
  end if;
  return event;
end;
$$;
revoke all on function private.undo_decisions(public.calendar_events)
  from public, anon, authenticated;
grant execute on function private.undo_decisions(public.calendar_events) to service_role;
comment on function private.undo_decisions(public.calendar_events) is
  'The visit as Cal.com left it. For one that BarkBook inserted, which has no booking to start '
  'from but its own row.';
