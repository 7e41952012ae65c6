-- Checks the links of a template as shared/sms/links.ts does. Trigger on the tables of texts.

create function private.check_sms_links()
returns trigger
language plpgsql
set search_path = ''
as $$
declare
  -- As it may be sent: without ligatures, and digits and letters of other widths.
  message text := lower(normalize(regexp_replace(
    -- A variable is a word, so that what stands beside it cannot make a link of its value.
    regexp_replace(new.template, '\{\{[^{}]*\}\}', 'xx', 'g'),
    -- Removed before an SMS is sent: soft hyphens, zero-width and other format characters.
    '[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]', '', 'g'), NFKC));
  dots constant text := '.\uff0e\u3002\uff61\u2024';
  -- A dot of any script, then two characters that are neither digits nor punctuation, or one that
  -- may be written as two, such as a thorn.
  domain constant text := format(
    '[^%1$s][%1$s]([^\u0001-\u0040\u005b-\u0060\u007b-\u00bf]{2}|[^\u0001-\u00bf])', dots);
  ipv4_address constant text := format('(?<![0-9])%1$s([%2$s]%1$s){3}(?![0-9])',
    '(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])', dots);
  link text;
  address text;
  allowed text[];
begin
  if tg_table_name = 'sms_settings' then
    allowed := new.allowed_links;
  else
    allowed := (select r.allowed_links from public.sms_settings r where r.salon_id = new.salon_id);
  end if;
  foreach link in array regexp_split_to_array(message, '\s+') loop
    link := btrim(link, '.,;:!?()[]{}<>"''');
    address := regexp_replace(link, '^([a-z][a-z0-9+.-]*://)?(www\.)?', '');
    if (link ~ '[a-z]://' or link ~ domain or link ~ ipv4_address)
      and not exists (
        select from unnest(allowed) as entry
        where address = entry
          or address ^@ any (array[entry || '/', entry || '?', entry || '#'])) then
      raise exception 'The SMS template has a link that is not allowed: %', link
        using errcode = 'check_violation', constraint = tg_table_name || '_template_links_are_allowed',
          hint = 'Remove it, or put a space after the full stop. The operator can allow an '
            'address in sms_settings.allowed_links.';
    end if;
  end loop;
  return new;
end;
$$;
revoke all on function private.check_sms_links() from public, anon, authenticated;
comment on function private.check_sms_links() is
  'Trigger: refuses a template with a word that a phone would show as a link, unless it is one of '
  'the allowed addresses or below one.';

create trigger check_sms_links
  before insert or update of template, allowed_links on public.sms_settings
  for each row execute function private.check_sms_links();
create trigger check_sms_links
  before insert or update of template on public.sms_texts
  for each row execute function private.check_sms_links();
create trigger check_sms_links
  before insert or update of template on public.sms_service_texts
  for each row execute function private.check_sms_links();
