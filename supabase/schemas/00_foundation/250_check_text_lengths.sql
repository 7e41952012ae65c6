-- Trigger function of every table whose texts members write. The triggers are defined beside their
-- tables.

create function private.check_text_lengths()
returns trigger
language plpgsql
set search_path = ''
as $$
declare
  texts jsonb := to_jsonb(new);
  texts_before jsonb := to_jsonb(old);
  text_column text;
  most integer;
begin
  for i in 0 .. tg_nargs - 2 by 2 loop
    text_column := tg_argv[i];
    most := tg_argv[i + 1];
    if length(texts ->> text_column) > most
      and texts -> text_column is distinct from texts_before -> text_column then
      raise exception '%.% has more than % characters', tg_table_name, text_column, most
        using errcode = 'check_violation', hint = 'Shorten it.',
          constraint = tg_table_name || '_' || text_column || '_is_short',
          schema = tg_table_schema, table = tg_table_name, column = text_column;
    end if;
  end loop;
  return new;
end;
$$;
revoke all on function private.check_text_lengths() from public, anon, authenticated;
comment on function private.check_text_lengths() is
  'Trigger: refuses a text that is too long, if it is new or changed. Arguments: a column and its '
  'most characters, then the next column. Not a check constraint, because that would refuse every '
  'later update of a row that BarkBook wrote longer.';
