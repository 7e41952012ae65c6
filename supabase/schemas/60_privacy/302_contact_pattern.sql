-- Called by private.unique_contacts.

create function private.contact_pattern(phone text, email text)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return nullif(concat_ws('|',
    private.phone_pattern(phone),
    -- In JSON, the escape of a line break may stand before the address.
    '(?:(?<![[:alnum:]._%+-])|(?<=\\[bfnrt]))'
      || regexp_replace(lower(email), '([^[:alnum:]@_-])', '\\\1', 'g')
      || '(?![[:alnum:]-]|\.[[:alnum:]])'), '');
end;
$$;
revoke all on function private.contact_pattern(text, text) from public, anon, authenticated;
comment on function private.contact_pattern(text, text) is
  'A regular expression that finds a phone number in any spelling and an e-mail address in any '
  'case, but not as part of a longer one. phone: E.164. Null if both are null.';

create function private.contact_hint(phone text, email text)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return nullif(concat_ws('|',
    regexp_replace(right(substr(phone, 2), 9), '(.)(?=.)', '\1' || private.phone_gap(), 'g'),
    regexp_replace(lower(email), '([^[:alnum:]@_-])', '\\\1', 'g')), '');
end;
$$;
revoke all on function private.contact_hint(text, text) from public, anon, authenticated;
comment on function private.contact_hint(text, text) is
  'A regular expression that finds at least what private.contact_pattern finds. It looks at '
  'nothing around a match, which is what makes the pattern slow, so it sorts out most texts first.';
