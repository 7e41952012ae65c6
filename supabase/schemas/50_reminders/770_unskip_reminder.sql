-- Called by members in the dashboard.

create function public.unskip_reminder(
  p_event_id uuid, p_kind public.sms_message_kind default 'reminder'
)
returns boolean
language plpgsql
security definer
set search_path = ''
as $$
declare
  appointment public.calendar_events := private.require_appointment(p_event_id);
  message public.sms_messages := private.require_reminder(appointment, p_kind);
begin
  delete from public.sms_messages m
  where m.id = message.id and m.reason = 'skipped_by_salon';
  if not found then
    return false;
  end if;
  perform private.record_action(
    'unskip', appointment.salon_id, appointment.id, appointment.client_id);
  return true;
end;
$$;
revoke all on function public.unskip_reminder(uuid, public.sms_message_kind)
  from public, anon, authenticated, service_role;
grant execute on function public.unskip_reminder(uuid, public.sms_message_kind)
  to authenticated;
comment on function public.unskip_reminder(uuid, public.sms_message_kind) is
  'Takes skip_reminder back: the reminder is sent when it is due, or soon if that is past. False if '
  'it was not skipped. For members; for others the appointment does not exist: PT404. PT422 as for '
  'skip_reminder. Security definer, because members may not write messages.';
