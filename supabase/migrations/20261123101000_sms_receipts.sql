-- What gateways report afterwards: receipts, and people who want no SMS.
-- Objects: public.sms_apply_receipts, sms_record_opt_out, sms_withdraw_opt_out;
-- private.sms_receipt_message.
-- Destructive: no. Undo: drop the functions.

create function private.sms_receipt_message(provider_name text, receipt jsonb)
returns uuid
language sql
stable
set search_path = ''
as $$
  select coalesce(
    (
      select m.id from public.sms_messages m
      where m.provider = provider_name
        and m.provider_message_id = receipt ->> 'providerMessageId'
    ),
    (
      select m.id from public.sms_messages m
      where m.provider = provider_name
        and m.id = case
          when receipt ->> 'messageId' ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
            then (receipt ->> 'messageId')::uuid
        end
        and coalesce(m.maybe_sent_since, m.dispatch_started_at) is not null
    )
  );
$$;
revoke all on function private.sms_receipt_message(text, jsonb) from public, anon, authenticated;
grant execute on function private.sms_receipt_message(text, jsonb) to sms_worker;
comment on function private.sms_receipt_message(text, jsonb) is
  'The message a receipt is about: by the gateway''s id, else by ours if a POST of it was begun.';

create function public.sms_apply_receipts(
  p_provider text, p_receipts jsonb, p_now timestamptz default null
)
returns table (applied integer, unknown integer)
language plpgsql
security definer
set search_path = ''
as $$
declare
  now_at timestamptz := private.set_sms_clock(p_now);
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
select private.hand_to_sms_worker('public.sms_apply_receipts(text, jsonb, timestamptz)');

create function public.sms_record_opt_out(p_phone text, p_source text)
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  recorded integer;
begin
  insert into public.sms_opt_outs (salon_id, phone, source)
  select wrote.salon_id, p_phone, p_source
  from (
    select m.salon_id from public.sms_messages m where m.phone = p_phone
    union
    -- Whose messages are too old to have a number, and who would write next.
    select c.salon_id from public.clients c where private.e164(c.phone_number) = p_phone
  ) wrote
  on conflict (salon_id, phone) do nothing;
  get diagnostics recorded = row_count;
  return recorded;
end;
$$;
revoke all on function public.sms_record_opt_out(text, text) from public, anon, authenticated;
grant execute on function public.sms_record_opt_out(text, text) to service_role;
comment on function public.sms_record_opt_out(text, text) is
  'Somebody answered STOP to a number that all salons send from: none of the salons that wrote to '
  'them may again. p_phone: E.164; returns for how many salons this is new. Security definer, '
  'because opt-outs are written with the rights of sms_worker.';
select private.hand_to_sms_worker('public.sms_record_opt_out(text, text)');

create function public.sms_withdraw_opt_out(p_phone text, p_source text)
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  withdrawn integer;
begin
  -- What a salon noted itself, only the salon takes back.
  delete from public.sms_opt_outs o where o.phone = p_phone and o.source = p_source;
  get diagnostics withdrawn = row_count;
  return withdrawn;
end;
$$;
revoke all on function public.sms_withdraw_opt_out(text, text) from public, anon, authenticated;
grant execute on function public.sms_withdraw_opt_out(text, text) to service_role;
comment on function public.sms_withdraw_opt_out(text, text) is
  'Somebody answered START: takes back what the same gateway recorded. Returns for how many '
  'salons. Security definer, because opt-outs are written with the rights of sms_worker.';
select private.hand_to_sms_worker('public.sms_withdraw_opt_out(text, text)');
