-- Every comparison of phone numbers uses this function. It is PL/pgSQL, like everything on the path
-- of a delivery, because PL/pgSQL keeps its plans for the session, while an SQL function with a
-- pinned search_path is planned on every call.

create function private.e164(phone text)
returns text
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  digits text;
begin
  if phone is null or phone ~ '^\+[1-9][0-9]{6,14}$' then
    return phone;
  elsif phone ~ '[[:alpha:]]' then
    return null;
  end if;
  digits := regexp_replace(phone, '[^0-9+]', '', 'g');
  return case
    when digits ~ '^\+[1-9][0-9]{6,14}$' then digits
    when digits ~ '^00[1-9][0-9]{6,14}$' then '+' || substr(digits, 3)
    when digits ~ '^48[1-9][0-9]{8}$' then '+' || digits
    when digits ~ '^[1-9][0-9]{8}$' then '+48' || digits
  end;
end;
$$;
revoke all on function private.e164(text) from public, anon;
-- An index on clients calls it, so everyone who writes a client must be able to execute it.
grant execute on function private.e164(text) to authenticated, service_role, sms_worker;
comment on function private.e164(text) is
  'A phone number in E.164, so that "501 220 314", "0048501220314" and "+48501220314" are equal. A '
  'number without a country code is Polish. Null if the text is not a phone number.';
