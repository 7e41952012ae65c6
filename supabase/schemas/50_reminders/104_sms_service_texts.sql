-- The texts of reminders for single services.

create table public.sms_service_texts (
  id uuid primary key default gen_random_uuid(),
  salon_id uuid not null references public.sms_settings (salon_id) on delete cascade,
  title_contains text not null,
  template text not null,
  updated_at timestamptz not null default now(),
  constraint sms_service_texts_title_contains_is_short
    check (trim(title_contains) <> '' and length(title_contains) <= 100),
  constraint sms_service_texts_template_is_short
    check (trim(template) <> '' and length(template) <= 600)
);

create unique index sms_service_texts_salon_id_title_contains_key
  on public.sms_service_texts (salon_id, lower(title_contains));

comment on table public.sms_service_texts is
  'Texts that the reminders of single services have instead of the salon''s. One is used if the '
  'titles of all appointments of a message contain title_contains; of several, the one with the '
  'longest.';
comment on column public.sms_service_texts.title_contains is
  'A part of the appointment''s title, such as the name of the event type in Cal.com. Capitals do '
  'not matter.';

create trigger handle_updated_at
  before update on public.sms_service_texts
  for each row execute function private.set_updated_at();
create trigger keep_key
  before update of salon_id on public.sms_service_texts
  for each row when (new.salon_id <> old.salon_id) execute function private.refuse_new_key();

-- Every message of the salon is compared with all of them.
create function private.limit_service_texts()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  texts_of_salon constant integer := 50;
begin
  -- Otherwise two statements could both see room for the last one.
  perform from public.sms_settings r where r.salon_id = new.salon_id for no key update;
  if texts_of_salon <= (
    select count(*) from public.sms_service_texts t where t.salon_id = new.salon_id
  ) then
    raise exception 'The salon has % texts for services already', texts_of_salon
      using errcode = 'check_violation', constraint = 'sms_service_texts_are_few',
        hint = 'Delete one that is not needed.';
  end if;
  return new;
end;
$$;
revoke all on function private.limit_service_texts() from public, anon, authenticated;
comment on function private.limit_service_texts() is
  'Trigger: refuses more than 50 texts for services of a salon. Security definer, because only '
  'owners may lock the settings.';

create trigger limit_service_texts
  before insert on public.sms_service_texts
  for each row execute function private.limit_service_texts();

create function private.touch_sms_settings()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  update public.sms_settings r set updated_at = now()
  where r.salon_id = coalesce(new.salon_id, old.salon_id);
  return null;
end;
$$;
revoke all on function private.touch_sms_settings() from public, anon, authenticated;
comment on function private.touch_sms_settings() is
  'Trigger: a text of a service counts as a setting, so that a reminder that could not be written '
  'is planned again. Security definer, because members may not write the time.';

create trigger touch_settings
  after insert or update or delete on public.sms_service_texts
  for each row execute function private.touch_sms_settings();

alter table public.sms_service_texts enable row level security;
revoke all on table public.sms_service_texts from public, anon, authenticated, service_role;
grant select, insert (salon_id, title_contains, template), update (title_contains, template), delete
  on table public.sms_service_texts to authenticated;
grant select, insert, update, delete on table public.sms_service_texts to service_role;
grant select on table public.sms_service_texts to sms_worker;

create policy "members can see the texts for services of their salon" on public.sms_service_texts
  for select to authenticated
  using (private.refuse_estimates() and salon_id = any ((select private.salon_ids())::uuid[]));
create policy "owners can create texts for services of their salon" on public.sms_service_texts
  for insert to authenticated
  with check (salon_id = any ((select private.owned_salon_ids())::uuid[]));
create policy "owners can change texts for services of their salon" on public.sms_service_texts
  for update to authenticated
  using (salon_id = any ((select private.owned_salon_ids())::uuid[]))
  with check (salon_id = any ((select private.owned_salon_ids())::uuid[]));
create policy "owners can delete texts for services of their salon" on public.sms_service_texts
  for delete to authenticated
  using (salon_id = any ((select private.owned_salon_ids())::uuid[]));
create policy "the SMS worker can see texts for services" on public.sms_service_texts
  for select to sms_worker using (true);
