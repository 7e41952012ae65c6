-- Called by the view private.unplanned_appointments.

create function private.sms_skip_is_resolved(
  skipped public.sms_messages,
  client uuid,
  has_consent boolean,
  phone_number text,
  settings_changed_at timestamptz,
  zone text
)
returns boolean
language sql
stable
set search_path = ''
as $$
  select skipped.client_id is distinct from client
    or skipped.phone_number is distinct from phone_number
    or case
      -- Null means that the client was deleted, which is another reason.
      when skipped.reason = 'no_consent' then has_consent is not false
      when skipped.reason = 'opted_out' then not exists (
        select from public.sms_opt_outs o
        where o.salon_id = skipped.salon_id and o.phone = skipped.phone)
      when skipped.reason in ('daily_cap', 'client_limit')
        and skipped.final_at < private.sms_day_start(skipped.salon_id) then true
      else skipped.updated_at < settings_changed_at
        or skipped.reason = 'cap'
          and date_trunc('month', skipped.final_at at time zone zone)
            < date_trunc('month', private.app_now() at time zone zone)
    end;
$$;
revoke all on function
  private.sms_skip_is_resolved(public.sms_messages, uuid, boolean, text, timestamptz, text)
  from public, anon, authenticated;
grant execute on function
  private.sms_skip_is_resolved(public.sms_messages, uuid, boolean, text, timestamptz, text)
  to sms_worker;
comment on function
  private.sms_skip_is_resolved(public.sms_messages, uuid, boolean, text, timestamptz, text) is
  'Whether the cause for which a message was skipped or refused has been corrected since: consent '
  'given, number corrected, opt-out withdrawn, client assigned, settings changed, a new day for '
  'the limits of a day, or another month for that of a month.';
