-- Called by sms_apply_receipts.

create function private.sms_message_of_receipt(
  sending_provider public.sms_provider, receipt jsonb
)
returns uuid
language plpgsql
stable
set search_path = ''
as $$
begin
  return coalesce(
    (
      select m.id from public.sms_messages m
      where m.provider = sending_provider and m.provider_message_id = receipt ->> 'providerMessageId'
    ),
    (
      select m.id from public.sms_messages m
      where m.provider = sending_provider
        and m.id = case
          when receipt ->> 'messageId' ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
            then (receipt ->> 'messageId')::uuid
        end
        and coalesce(m.maybe_sent_since, m.dispatch_started_at) is not null
    )
  );
end;
$$;
revoke all on function private.sms_message_of_receipt(public.sms_provider, jsonb)
  from public, anon, authenticated;
grant execute on function private.sms_message_of_receipt(public.sms_provider, jsonb)
  to sms_worker;
comment on function private.sms_message_of_receipt(public.sms_provider, jsonb) is
  'The message of a receipt, found by the provider''s id, or by ours if a POST of it was begun.';
