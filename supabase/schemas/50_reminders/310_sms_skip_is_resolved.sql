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
language plpgsql
stable
set search_path = ''
as $$
begin
  return skipped.reason is distinct from 'skipped_by_salon' and (
    skipped.client_id is distinct from client
    or skipped.phone_number is distinct from phone_number
    or case
      -- Null means that the client was deleted, which is another reason.
      when skipped.reason = 'no_consent' then has_consent is not false
      when skipped.reason = 'opted_out' then not exists (
        select from public.sms_opt_outs o
        where o.salon_id = skipped.salon_id and o.phone = skipped.phone)
      -- Other settings do not make room, and what they cannot change is not tried again and again.
      when skipped.reason = 'client_limit' then skipped.final_at < private.sms_day_start()
      when skipped.reason = 'daily_cap' then skipped.final_at < private.sms_day_start()
        or not exists (
          select from public.sms_settings s
          where s.salon_id = skipped.salon_id and s.daily_cap <= skipped.exceeded_limit)
      when skipped.reason = 'cap' then
        date_trunc('month', skipped.final_at at time zone zone)
          < date_trunc('month', private.app_now() at time zone zone)
        or not exists (
          select from public.sms_settings s
          where s.salon_id = skipped.salon_id and s.monthly_cap <= skipped.exceeded_limit)
      when skipped.reason in ('no_phone', 'not_mobile', 'country_blocked') then false
      else skipped.updated_at < settings_changed_at
    end);
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
  'given, number corrected, opt-out withdrawn, client assigned, another setting changed, a limit '
  'raised, a new day for the limits of a day, or another month for that of a month.';
