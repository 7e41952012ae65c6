-- Called by functions/sms-status.

create function public.sms_apply_receipts(
  p_provider text, p_receipts jsonb, p_now timestamptz default null
)
returns table (applied integer, unknown integer)
language plpgsql
security definer
set search_path = ''
as $$
declare
  now_at timestamptz := private.set_app_clock(p_now);
  receipt jsonb;
  message uuid;
  news text;
begin
  applied := 0;
  unknown := 0;
  for receipt in select r from jsonb_array_elements(p_receipts) as r loop
    message := private.sms_receipt_message(p_provider, receipt);
    news := receipt ->> 'status';
    if message is null then
      unknown := unknown + 1;
      continue;
    end if;
    -- Only forward: receipts come late, twice and in any order.
    update public.sms_messages m
    set status = coalesce(news, m.status),
      provider_message_id = coalesce(m.provider_message_id, receipt ->> 'providerMessageId'),
      provider_status = receipt ->> 'providerStatus',
      provider_status_at = coalesce((receipt ->> 'at')::timestamptz, now_at),
      error_code = coalesce(receipt ->> 'code', case when news is null then m.error_code end),
      -- What a second SMS was suspected for stays true when one of the two arrives.
      reason = case
        when news is null or m.reason in ('late_ack', 'duplicate_suspected') then m.reason
      end,
      sent_at = case when news is null then m.sent_at else coalesce(m.sent_at, now_at) end,
      final_at = case when news in ('delivered', 'undelivered', 'failed') then now_at end,
      lease_token = case when news is null then m.lease_token end,
      lease_until = case when news is null then m.lease_until end
    where m.id = message
      and m.provider_status is distinct from receipt ->> 'providerStatus'
      and case m.status
        when 'sent' then news is distinct from 'sent' or m.provider_status is null
        when 'dead' then m.maybe_sent_since is not null and news is not null
        else m.status in ('pending', 'leased', 'unknown')
      end;
    if found then
      applied := applied + 1;
    end if;
  end loop;
  return next;
end;
$$;
revoke all on function public.sms_apply_receipts(text, jsonb, timestamptz)
  from public, anon, authenticated;
grant execute on function public.sms_apply_receipts(text, jsonb, timestamptz) to service_role;
comment on function public.sms_apply_receipts(text, jsonb, timestamptz) is
  'Delivery receipts: [{messageId, providerMessageId, status: sent | delivered | undelivered | '
  'failed | null (no news), providerStatus, code, at}]. applied: how many said something new; '
  'unknown: how many are about no message of ours. Security definer, because receipts are written '
  'with the rights of sms_worker.';
select private.assign_to_sms_worker('public.sms_apply_receipts(text, jsonb, timestamptz)');
