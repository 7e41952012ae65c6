-- Records who read a reply. Trigger on sms_inbox.

create function private.record_reader()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.read_at := case when new.read_at is not null then coalesce(old.read_at, now()) end;
  new.read_by := case
    when new.read_at is null then null
    when old.read_at is null then auth.uid()
    else old.read_by
  end;
  return new;
end;
$$;
revoke all on function private.record_reader() from public, anon, authenticated;
comment on function private.record_reader() is
  'Trigger: sets when and by whom a reply was marked as read, whatever time the member sends; null '
  'marks it as unread.';

create trigger record_reader
  before update of read_at on public.sms_inbox
  for each row execute function private.record_reader();
