-- Called by the view due_reminders.

create function private.sms_waiting_message(
  salon uuid, client uuid, day date, message_kind public.sms_message_kind
)
returns uuid
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select m.id
    from public.sms_messages m
    where m.client_id = client and m.salon_id = salon and m.local_date = day
      and m.kind = message_kind and m.status = 'pending' and m.maybe_sent_since is null
      and m.not_after > private.app_now()
      -- Without any, it will be cancelled.
      and exists (select from private.sms_still_to_tell(m.id, m.client_id, m.phone_number))
    order by m.created_at, m.id
    limit 1
  );
end;
$$;
revoke all on function private.sms_waiting_message(uuid, uuid, date, public.sms_message_kind)
  from public, anon, authenticated;
grant execute on function private.sms_waiting_message(uuid, uuid, date, public.sms_message_kind)
  to sms_worker;
comment on function private.sms_waiting_message(uuid, uuid, date, public.sms_message_kind) is
  'The message of a kind to a client about a day that was certainly not sent yet, such as one that '
  'waits for the end of the quiet hours. Other appointments of the day can join it.';
