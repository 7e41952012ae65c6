-- Trigger on tables whose key says whose a row is.

create function private.refuse_new_key()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  raise exception 'A row of % stays with its salon', tg_table_name
    using errcode = 'insufficient_privilege', hint = 'Create it in the other salon instead.';
end;
$$;
revoke all on function private.refuse_new_key() from public, anon, authenticated;
comment on function private.refuse_new_key() is
  'Trigger: refuses an update that would move a row to another salon or member, whoever asks. An '
  'upsert that sets the key to its own value passes.';
