-- Called by private.unique_contacts.

create function private.contact_pattern(phone text, email text)
returns text
language plpgsql
immutable
set search_path = ''
as $$
declare
  -- Without the country code, which may be left out: 501220314 also finds +48 501-220-314.
  digits text := right(regexp_replace(phone, '[^0-9]', '', 'g'), 9);
begin
  return nullif(concat_ws('|',
    case when length(digits) >= 7 then
      regexp_replace(digits, '(.)(?=.)', '\1[^0-9[:alpha:]"]{0,3}', 'g') || '(?![0-9])' end,
    '(?<![[:alnum:]._%+-])' || regexp_replace(lower(email), '([^[:alnum:]@_-])', '\\\1', 'g')
      || '(?![[:alnum:]-]|\.[[:alnum:]])'), '');
end;
$$;
revoke all on function private.contact_pattern(text, text) from public, anon, authenticated;
comment on function private.contact_pattern(text, text) is
  'A regular expression that finds a phone number in any spelling and an e-mail address in any '
  'case, but not as part of a longer one. Null if both are null.';
