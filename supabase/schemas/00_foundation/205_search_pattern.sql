-- Called by private.search_patterns.

create function private.search_pattern(word text)
returns text
language plpgsql
immutable
set search_path = ''
as $$
declare
  letters constant text[] := array[
    'aąáàâäãåă', 'cćčç', 'dďđ', 'eęéèêëěė', 'gğģ', 'iíìîïį', 'lłľĺ', 'nńňñ', 'oóòôöõőø', 'rřŕ',
    'sśšş', 'tťţ', 'uúùûüůűų', 'yýÿ', 'zźżž'];
  pattern text := regexp_replace(lower(word), '([\\^$.*+?()\[\]{}|])', '\\\1', 'g');
  class text;
begin
  foreach class in array letters loop
    pattern := regexp_replace(pattern, '[' || class || ']', '[' || class || ']', 'g');
  end loop;
  return pattern;
end;
$$;
revoke all on function private.search_pattern(text) from public, anon, authenticated;
comment on function private.search_pattern(text) is
  'A pattern for ~* that finds a word whatever its diacritics: "zolw" finds "Żółw", and "żółw" '
  'finds "Zolw". Faster than removing the diacritics of every name.';
