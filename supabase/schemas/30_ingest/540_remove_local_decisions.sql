-- Called by private.refold_appointment before the fold.

create function private.remove_local_decisions(appointment public.calendar_events)
returns public.calendar_events
language plpgsql
immutable
set search_path = ''
as $$
begin
  if appointment.auto_completed_at is not null then
    appointment.status := case appointment.status
      when 'completed' then 'scheduled' else appointment.status end;
    appointment.status_before_no_show := case appointment.status_before_no_show
      when 'completed' then 'scheduled' else appointment.status_before_no_show end;
  end if;
  return appointment;
end;
$$;
revoke all on function private.remove_local_decisions(public.calendar_events)
  from public, anon, authenticated;
grant execute on function private.remove_local_decisions(public.calendar_events) to service_role;
comment on function private.remove_local_decisions(public.calendar_events) is
  'The appointment as Cal.com left it, without its automatic completion. Matters for an '
  'appointment that BarkBook inserted, because the fold starts from its row.';
