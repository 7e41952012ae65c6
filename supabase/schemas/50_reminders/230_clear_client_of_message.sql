-- Trigger on sms_messages.

create function private.clear_client_of_message()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.phone_number := null;
  -- A message in progress keeps its text until it is settled; trim_messages removes it later.
  if new.status not in ('leased', 'unknown') then
    new.phone := null;
    new.body := null;
  end if;
  return new;
end;
$$;
revoke all on function private.clear_client_of_message() from public, anon, authenticated;
comment on function private.clear_client_of_message() is
  'Trigger: when a client is deleted, their number and texts are removed from messages.';

create trigger clear_client_of_message
  before update of client_id on public.sms_messages
  for each row when (new.client_id is null and old.client_id is not null)
  execute function private.clear_client_of_message();
