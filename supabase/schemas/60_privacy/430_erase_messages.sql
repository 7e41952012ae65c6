-- Called by private.erase_client_data.

create function private.erase_messages(client public.clients, phone text)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  messages uuid[] := array(
    select m.id from public.sms_messages m
    where m.salon_id = client.salon_id
      and (m.client_id = client.id
        or m.client_id is null and m.phone = erase_messages.phone)
    -- In the order in which receipts lock them.
    order by m.id for no key update);
begin
  update public.sms_messages m
  set client_id = null, phone_number = null, phone = null, body = null,
    lease_token = null, lease_until = null,
    -- A run that has claimed it learns before its POST that the lease is lost.
    status = case
      when m.status not in ('pending', 'leased', 'unknown') then m.status
      when private.may_have_been_sent(m) then 'dead'
      else 'cancelled'
    end,
    reason = case when m.status in ('pending', 'leased', 'unknown') then 'erased'
      else m.reason end,
    final_at = case when m.status in ('pending', 'leased', 'unknown') then now()
      else m.final_at end
  where m.id = any (messages);
  return cardinality(messages);
end;
$$;
revoke all on function private.erase_messages(public.clients, text)
  from public, anon, authenticated;
comment on function private.erase_messages(public.clients, text) is
  'Removes number and text from the messages to a person, and cancels those that were not sent. '
  'Returns how many.';
