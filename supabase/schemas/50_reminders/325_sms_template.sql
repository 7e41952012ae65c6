-- Called by private.sms_lease_messages and the view due_reminders.

create function private.sms_template(
  salon uuid, kind public.sms_message_kind, event_ids uuid[]
)
returns text
language plpgsql
stable
set search_path = ''
-- Planning this expression takes longer than executing it.
set plan_cache_mode = 'force_generic_plan'
as $$
begin
  return coalesce(
    (
      select own.template
      from public.sms_service_texts own
      where own.salon_id = salon and cardinality(event_ids) > 0
        and sms_template.kind in ('reminder', 'second_reminder', 'third_reminder')
        and not exists (
          select from public.calendar_events e
          where e.id = any (event_ids)
            and strpos(lower(e.title), lower(own.title_contains)) = 0)
      order by length(own.title_contains) desc, own.id
      limit 1
    ),
    (
      select t.template from public.sms_texts t
      where t.salon_id = salon and t.kind = sms_template.kind
    ),
    (
      select case when sms_template.kind = 'answer'
        then public.default_sms_text(sms_template.kind, r.language) else r.template end
      from public.sms_settings r where r.salon_id = salon
    ));
end;
$$;
revoke all on function private.sms_template(uuid, public.sms_message_kind, uuid[])
  from public, anon, authenticated;
grant execute on function private.sms_template(uuid, public.sms_message_kind, uuid[])
  to sms_worker;
comment on function private.sms_template(uuid, public.sms_message_kind, uuid[]) is
  'The text of a message about these appointments: of a reminder, that of their service; else that '
  'of the kind; else that of the first reminder.';
