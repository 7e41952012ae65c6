-- Trigger on sms_messages.

create function private.clear_client_of_message()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.phone_number := null;
  -- What is being sent needs its text until it is settled; trim_messages takes it later.
  if new.status not in ('leased', 'unknown') then
    new.phone := null;
    new.body := null;
  end if;
  return new;
end;
$$;
revoke all on function private.clear_client_of_message() from public, anon, authenticated;
comment on function private.clear_client_of_message() is
  'Trigger: with a client go their number and the texts they got.';

create trigger clear_client_of_message
  before update of client_id on public.sms_messages
  for each row when (new.client_id is null and old.client_id is not null)
  execute function private.clear_client_of_message();
