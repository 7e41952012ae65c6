-- Called wherever a contact is removed from free text.

create function private.redact_text(words text, pattern text)
returns text
language sql
immutable
set search_path = ''
as $$
  select regexp_replace(words, pattern, '[usunięto]', 'gi');
$$;
revoke all on function private.redact_text(text, text) from public, anon, authenticated;
comment on function private.redact_text(text, text) is
  'A text with every match of the pattern replaced, so that the salon sees that something was '
  'removed.';
