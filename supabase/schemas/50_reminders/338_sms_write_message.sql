-- Called by private.sms_queue_notice, send_reminder_now and skip_reminder.

create function private.sms_write_message(
  appointment uuid,
  message_kind public.sms_message_kind,
  message_status public.sms_message_status,
  message_reason public.sms_reason default null
)
returns uuid
language plpgsql
set search_path = ''
as $$
declare
  written uuid;
begin
  insert into public.sms_messages (
    salon_id, client_id, kind, local_date, phone_number, status, reason, next_attempt_at, not_after,
    final_at, created_at
  )
  select e.salon_id, c.id, message_kind, (e.start_time at time zone s.timezone)::date,
    c.phone_number, message_status, message_reason, private.app_now(), e.start_time,
    case when message_status <> 'pending' then private.app_now() end, private.app_now()
  from public.calendar_events e
  join public.salons s on s.id = e.salon_id
  left join public.clients c on c.id = e.client_id and c.salon_id = e.salon_id
  where e.id = appointment
  returning id into written;
  insert into public.sms_message_events (event_id, start_time, kind, message_id, salon_id)
  select e.id, e.start_time, message_kind, written, e.salon_id
  from public.calendar_events e
  where e.id = appointment
  on conflict (event_id, start_time, kind) do update set message_id = excluded.message_id;
  return written;
end;
$$;
revoke all on function private.sms_write_message(
  uuid, public.sms_message_kind, public.sms_message_status, public.sms_reason)
  from public, anon, authenticated;
grant execute on function private.sms_write_message(
  uuid, public.sms_message_kind, public.sms_message_status, public.sms_reason)
  to sms_worker, service_role;
comment on function private.sms_write_message(
  uuid, public.sms_message_kind, public.sms_message_status, public.sms_reason) is
  'Writes a message about one appointment that is due now, and returns its id. It takes the place '
  'of the message of this kind that covered the appointment: the caller makes sure that there is '
  'none, or that it was not sent.';
