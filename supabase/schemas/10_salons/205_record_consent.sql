-- Records when and by whom a consent was recorded. Trigger on clients.

create function private.record_consent()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if not new.has_gdpr_consent then
    new.gdpr_consent_date := null;
    new.gdpr_consent_source := null;
    new.gdpr_consent_recorded_by := null;
  elsif old.has_gdpr_consent then
    -- Forms send all columns again, which is no new consent.
    new.gdpr_consent_date := coalesce(old.gdpr_consent_date, new.gdpr_consent_date);
    new.gdpr_consent_source := old.gdpr_consent_source;
    new.gdpr_consent_recorded_by := old.gdpr_consent_recorded_by;
  else
    new.gdpr_consent_date := least(coalesce(new.gdpr_consent_date, now()), now());
    new.gdpr_consent_source := case
      when current_user = 'authenticated' then 'salon' else 'operator'
    end;
    new.gdpr_consent_recorded_by := (select auth.uid());
  end if;
  return new;
end;
$$;
revoke all on function private.record_consent() from public, anon, authenticated;
comment on function private.record_consent() is
  'Trigger: a consent has a time, a source and the member who recorded it, and none of them '
  'changes until it is withdrawn.';

create or replace trigger record_consent
  before insert or update of has_gdpr_consent, gdpr_consent_date, gdpr_consent_source,
    gdpr_consent_recorded_by
  on public.clients
  for each row execute function private.record_consent();
