-- Called by private.contact_pattern.

create function private.phone_pattern(phone text)
returns text
language plpgsql
immutable
strict
set search_path = ''
as $$
declare
  gap constant text := private.phone_gap();
  digits text := substr(phone, 2);
  -- The country code has one to three digits and may be left out. Fewer than nine digits without it
  -- could be anything.
  national text := (
    select string_agg(
      regexp_replace(substr(digits, skipped + 1), '(.)(?=.)', '\1' || gap, 'g'), '|')
    from generate_series(0, least(3, length(digits) - 9)) as skipped);
begin
  return concat(
    '(?:(?:\+|(?<![0-9])00)', gap, regexp_replace(digits, '(.)(?=.)', '\1' || gap, 'g'),
    -- A number of JSON is an id or an amount.
    '|(?<![0-9]|": )'
      '(?!(?:19|20)[0-9]{2}[-./][0-9]{1,2}[-./]|[0-9]{1,2}[-./][0-9]{1,2}[-./](?:19|20)[0-9]{2}'
      '|(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]))'
      '(?:0' || gap || ')?(?:' || national || ')',
    ')(?![0-9]|:[0-9])');
end;
$$;
revoke all on function private.phone_pattern(text) from public, anon, authenticated;
comment on function private.phone_pattern(text) is
  'A regular expression that finds a phone number in free text or JSON, in any spelling, with or '
  'without its country code, but not as part of a longer number, in a date or in a time. phone: '
  'E.164. Null if it is null.';
