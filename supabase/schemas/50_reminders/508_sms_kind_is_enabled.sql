-- Called by private.sms_dispatch_decision and private.sms_queue_notice.

create function private.sms_kind_is_enabled(salon uuid, kind public.sms_message_kind)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
declare
  salon_is_enabled boolean;
  kind_is_enabled boolean;
begin
  select r.enabled, t.enabled into salon_is_enabled, kind_is_enabled
  from public.sms_settings r
  left join public.sms_texts t
    on t.salon_id = r.salon_id and t.kind = sms_kind_is_enabled.kind
  where r.salon_id = salon;
  return coalesce(case kind
    -- Before an owner switches messages on, they try them.
    when 'test' then salon_is_enabled is not null
    when 'reminder' then salon_is_enabled
    when 'answer' then salon_is_enabled and kind_is_enabled is not false
    else salon_is_enabled and kind_is_enabled
  end, false);
end;
$$;
revoke all on function private.sms_kind_is_enabled(uuid, public.sms_message_kind)
  from public, anon, authenticated;
grant execute on function private.sms_kind_is_enabled(uuid, public.sms_message_kind)
  to sms_worker, service_role;
comment on function private.sms_kind_is_enabled(uuid, public.sms_message_kind) is
  'Whether a salon sends messages of a kind.';
