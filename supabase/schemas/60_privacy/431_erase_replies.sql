-- Called by private.erase_client_data.

create function private.erase_replies(client public.clients, phone text)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  erased integer;
begin
  delete from public.sms_inbox i
  where i.salon_id = client.salon_id
    and (i.client_id = client.id or i.client_id is null and i.phone = erase_replies.phone);
  get diagnostics erased = row_count;
  return erased;
end;
$$;
revoke all on function private.erase_replies(public.clients, text)
  from public, anon, authenticated;
comment on function private.erase_replies(public.clients, text) is
  'Deletes what a person replied to an SMS. Returns how many replies.';
