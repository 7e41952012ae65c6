-- Checks the variables of a template. Trigger on the tables of texts.

create function private.check_sms_template()
returns trigger
language plpgsql
set search_path = ''
as $$
declare
  known text[] := array[
    'when', 'weekday', 'date', 'time', 'appointments', 'pets', 'client', 'salon', 'phone',
    'address', 'link'];
  -- Replaced by a space, so that single braces on both sides do not become a pair.
  rest text := regexp_replace(
    new.template, '\{\{\s*(' || array_to_string(known, '|') || ')\s*\}\}', ' ', 'g');
begin
  if rest ~ '\{\{|\}\}' then
    raise exception 'The SMS template has an unknown variable: %',
      coalesce(substring(rest from '\{\{[^{}]*\}\}'), substring(rest from '\{\{.{0,20}|\}\}'))
      using errcode = 'check_violation', constraint = tg_table_name || '_template_knows_its_variables',
        hint = 'Use {{' || array_to_string(known, '}}, {{') || '}}.';
  end if;
  return new;
end;
$$;
revoke all on function private.check_sms_template() from public, anon, authenticated;
comment on function private.check_sms_template() is
  'Trigger: refuses a template with an unknown variable.';

create trigger check_sms_template
  before insert or update of template on public.sms_settings
  for each row execute function private.check_sms_template();
create trigger check_sms_template
  before insert or update of template on public.sms_texts
  for each row execute function private.check_sms_template();
create trigger check_sms_template
  before insert or update of template on public.sms_service_texts
  for each row execute function private.check_sms_template();
