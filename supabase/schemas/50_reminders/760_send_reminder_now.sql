-- Called by members in the dashboard.

create function public.send_reminder_now(
  p_event_id uuid, p_kind public.sms_message_kind default 'reminder'
)
returns table (message_id uuid, is_being_sent boolean)
language plpgsql
security definer
set search_path = ''
as $$
declare
  appointment public.calendar_events := private.require_appointment(p_event_id);
  message public.sms_messages := private.require_reminder(appointment, p_kind);
begin
  if appointment.client_id is null then
    raise exception 'The appointment has no client'
      using errcode = 'PT422', detail = 'no_client', hint = 'Assign the client first.';
  end if;
  if appointment.start_time > private.app_now() + interval '8 days' then
    raise exception 'It is too early for a reminder'
      using errcode = 'PT422', detail = 'too_early',
        hint = 'Send it at most eight days before the appointment.';
  end if;
  message_id := message.id;
  if message.id is null or message.maybe_sent_since is null
    and message.status in ('skipped', 'cancelled', 'expired', 'failed') then
    message_id := private.sms_write_message(appointment.id, p_kind, 'pending');
    perform private.record_action(
      'send_now', appointment.salon_id, appointment.id, appointment.client_id);
  end if;
  is_being_sent := message_id is not distinct from message.id and message.status <> 'pending'
    or private.sms_send_at_once(message_id);
  return next;
end;
$$;
revoke all on function public.send_reminder_now(uuid, public.sms_message_kind)
  from public, anon, authenticated, service_role;
grant execute on function public.send_reminder_now(uuid, public.sms_message_kind)
  to authenticated;
comment on function public.send_reminder_now(uuid, public.sms_message_kind) is
  'Sends a reminder of a coming appointment at once instead of when it is due, and returns the '
  'id of its message. is_being_sent: a run was started for it, or it was sent already; otherwise '
  'the next scheduled one sends it, or the first after the quiet hours. One that was planned or '
  'sent already stays as it is, so that a repeated call sends nothing twice. Consent, opt-outs, '
  'quiet hours and limits hold. For members; for others the appointment does not exist: PT404. '
  'PT422: it does not take place within eight days, has no client, or the salon does not send '
  'this reminder. Security definer, because members may not write messages.';
