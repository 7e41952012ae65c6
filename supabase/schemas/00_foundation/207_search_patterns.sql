-- Called by search_pets and search_clients.

create function private.search_patterns(words text, out texts text[], out phones text[])
language plpgsql
immutable
set search_path = ''
as $$
declare
  digits text;
begin
  -- No name is longer.
  words := left(trim(words), 200);
  texts := array(
    select private.search_pattern(word) from regexp_split_to_table(words, '\s+') word
    where word <> '');
  if words !~ '^[-+0-9 ()./]*$' then
    return;
  end if;
  digits := regexp_replace(regexp_replace(words, '[^0-9]', '', 'g'), '^00', '');
  phones := array(
    select '%' || number || '%'
    from unnest(array[digits,
      -- The number may be stored without the Polish country code.
      case when digits ~ '^48[0-9]{9}$' or words ~ '^(\+|00) ?48' then substr(digits, 3) end
    ]) number
    -- Fewer digits are part of most numbers.
    where length(number) >= 3);
end;
$$;
revoke all on function private.search_patterns(text) from public, anon, authenticated;
comment on function private.search_patterns(text) is
  'What to search for: a pattern for ~* for each word, and patterns for like for the digits of a '
  'phone number, null if the words are none.';
