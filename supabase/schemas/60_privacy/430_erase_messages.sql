-- Called by private.erase.

create function private.erase_messages(client public.clients, phone text)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  emptied integer;
begin
  update public.sms_messages m
  set client_id = null, phone_number = null, phone = null, body = null,
    lease_token = null, lease_until = null,
    -- A run that holds it learns at the last look before its POST that it lost it.
    status = case
      when m.status not in ('pending', 'leased', 'unknown') then m.status
      when private.may_have_been_sent(m) then 'dead'
      else 'cancelled'
    end,
    reason = case when m.status in ('pending', 'leased', 'unknown') then 'erased'
      else m.reason end,
    final_at = case when m.status in ('pending', 'leased', 'unknown') then now()
      else m.final_at end
  where m.salon_id = client.salon_id
    and (m.client_id = client.id
      or m.client_id is null and m.phone = erase_messages.phone);
  get diagnostics emptied = row_count;
  return emptied;
end;
$$;
revoke all on function private.erase_messages(public.clients, text)
  from public, anon, authenticated;
comment on function private.erase_messages(public.clients, text) is
  'Takes number and text out of the messages to a person; what has not gone out does not.';
