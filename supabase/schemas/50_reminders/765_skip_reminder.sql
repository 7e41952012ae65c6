-- Called by members in the dashboard.

create function public.skip_reminder(
  p_event_id uuid, p_kind public.sms_message_kind default 'reminder'
)
returns uuid
language plpgsql
security definer
set search_path = ''
as $$
declare
  appointment public.calendar_events := private.require_appointment(p_event_id);
  message public.sms_messages := private.require_reminder(appointment, p_kind);
  skipped uuid;
begin
  if message.reason = 'skipped_by_salon' then
    return message.id;
  end if;
  if message.id is not null and (message.maybe_sent_since is not null
    or message.status not in ('pending', 'skipped', 'cancelled', 'expired', 'failed')) then
    raise exception 'The reminder was sent already, or is being sent'
      using errcode = 'PT422', detail = 'already_sent', hint = 'Look it up in reminder_log.';
  end if;
  skipped := private.sms_write_message(appointment.id, p_kind, 'skipped', 'skipped_by_salon');
  perform private.record_action(
    'skip', appointment.salon_id, appointment.id, appointment.client_id);
  -- Other appointments may be left in the message that waited.
  update public.sms_messages m
  set status = 'cancelled', reason = 'event_gone', final_at = private.app_now()
  where m.id = message.id and m.status = 'pending'
    and not exists (select from public.sms_message_events c where c.message_id = m.id);
  return skipped;
end;
$$;
revoke all on function public.skip_reminder(uuid, public.sms_message_kind)
  from public, anon, authenticated, service_role;
grant execute on function public.skip_reminder(uuid, public.sms_message_kind) to authenticated;
comment on function public.skip_reminder(uuid, public.sms_message_kind) is
  'Keeps a reminder of a coming appointment from being sent, and returns the id of the skipped '
  'message. It holds for this start: a moved appointment is reminded of. For members; for others '
  'the appointment does not exist: PT404. PT422: the reminder was sent already or is being sent, '
  'the appointment does not take place, or the salon does not send this reminder. Security '
  'definer, because members may not write messages.';
