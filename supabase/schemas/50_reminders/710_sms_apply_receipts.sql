-- Called by functions/sms-status.

create function public.sms_apply_receipts(
  p_provider public.sms_provider, p_receipts jsonb, p_now timestamptz default null
)
returns table (applied integer, unknown integer)
language plpgsql
security definer
set search_path = ''
as $$
declare
  now_at timestamptz := private.set_app_clock(p_now);
  receipt jsonb;
  message_id uuid;
  new_status public.sms_message_status;
begin
  applied := 0;
  unknown := 0;
  -- In the order in which an erasure locks them.
  perform from public.sms_messages m
  where m.id in (
    select private.sms_message_of_receipt(p_provider, r) from jsonb_array_elements(p_receipts) r)
  order by m.id for no key update;
  for receipt in select r from jsonb_array_elements(p_receipts) as r loop
    message_id := private.sms_message_of_receipt(p_provider, receipt);
    if message_id is null then
      unknown := unknown + 1;
      continue;
    end if;
    new_status := (receipt ->> 'status')::public.sms_message_status;
    update public.sms_messages m
    set status = coalesce(new_status, m.status),
      provider_message_id = coalesce(m.provider_message_id, receipt ->> 'providerMessageId'),
      provider_status = receipt ->> 'providerStatus',
      provider_status_at = coalesce((receipt ->> 'at')::timestamptz, now_at),
      error_code = coalesce(receipt ->> 'code', case when new_status is null then m.error_code end),
      -- The receipt of one SMS does not rule out that there was a second one.
      reason = case
        when new_status is null or m.reason in ('late_ack', 'duplicate_suspected') then m.reason
      end,
      sent_at = case when new_status is null then m.sent_at else coalesce(m.sent_at, now_at) end,
      final_at = case when new_status in ('delivered', 'undelivered', 'failed') then now_at end,
      lease_token = case when new_status is null then m.lease_token end,
      lease_until = case when new_status is null then m.lease_until end
    where m.id = message_id
      -- Receipts come late, twice and in any order: a final status never changes back.
      and m.provider_status is distinct from receipt ->> 'providerStatus'
      and case m.status
        when 'sent' then new_status is distinct from 'sent' or m.provider_status is null
        when 'dead' then m.maybe_sent_since is not null and new_status is not null
        else m.status in ('pending', 'leased', 'unknown')
      end;
    if found then
      applied := applied + 1;
    end if;
  end loop;
  return next;
end;
$$;
revoke all on function public.sms_apply_receipts(public.sms_provider, jsonb, timestamptz)
  from public, anon, authenticated;
grant execute on function public.sms_apply_receipts(public.sms_provider, jsonb, timestamptz)
  to service_role;
comment on function public.sms_apply_receipts(public.sms_provider, jsonb, timestamptz) is
  'Stores receipts: [{messageId, providerMessageId, status: sent | delivered | undelivered | '
  'failed | null (no change), providerStatus, code, at}]. applied: how many changed a message. '
  'unknown: how many belong to no message. Security definer, because receipts are written with the '
  'rights of sms_worker.';
select private.assign_to_sms_worker(
  'public.sms_apply_receipts(public.sms_provider, jsonb, timestamptz)');
