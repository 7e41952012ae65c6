-- The texts that a salon sends beside its first reminder.

create table public.sms_texts (
  salon_id uuid not null references public.sms_settings (salon_id) on delete cascade,
  kind public.sms_message_kind not null,
  enabled boolean not null default false,
  mode public.reminder_mode not null default 'hours_before',
  send_at_local time not null default '17:00',
  hours_before smallint not null default 2,
  template text not null default '',
  enabled_at timestamptz,
  updated_at timestamptz not null default now(),
  primary key (salon_id, kind),
  -- The first reminder is in sms_settings, whose text a test SMS has as well.
  constraint sms_texts_kind_has_own_text check (kind not in ('reminder', 'test')),
  constraint sms_texts_hours_before_is_at_most_a_week check (hours_before between 1 and 168),
  constraint sms_texts_template_is_short
    check (trim(template) <> '' and length(template) <= 600)
);

comment on table public.sms_texts is
  'The texts of a salon for everything but its first reminder: further reminders, notices and the '
  'answer to NIE. A kind without a row, or without enabled, is not sent; only the answer is sent '
  'without a row. The other settings are those of sms_settings.';
comment on column public.sms_texts.mode is
  'When a further reminder is sent, as in sms_settings. Notices do not use it.';
comment on column public.sms_texts.template is
  'The text, with the variables of sms_settings.template. An empty one becomes default_sms_text '
  'when it is saved.';
comment on column public.sms_texts.enabled_at is
  'Since when it is enabled, and the salon''s messages with it; of a further reminder, also since '
  'when it has its time. Nobody is told of what was booked before, nor reminded by a further '
  'reminder that was due before.';

create function private.complete_sms_text()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.template := coalesce(nullif(trim(new.template), ''), public.default_sms_text(new.kind, (
    select r.language from public.sms_settings r where r.salon_id = new.salon_id)));
  new.enabled_at := case
    when not new.enabled then null
    when tg_op = 'UPDATE' and old.enabled
      and (new.mode, new.send_at_local, new.hours_before)
        = (old.mode, old.send_at_local, old.hours_before) then new.enabled_at
    else now() end;
  return new;
end;
$$;
revoke all on function private.complete_sms_text() from public, anon, authenticated;
comment on function private.complete_sms_text() is
  'Trigger: gives an empty text the default one, and records since when it is enabled.';

create trigger complete_text
  before insert or update on public.sms_texts
  for each row execute function private.complete_sms_text();
create trigger handle_updated_at
  before update on public.sms_texts
  for each row execute function private.set_updated_at();
create trigger keep_key
  before update of salon_id on public.sms_texts
  for each row when (new.salon_id <> old.salon_id) execute function private.refuse_new_key();

-- Else a salon that switches its messages on again would tell of what was booked meanwhile.
create function private.restart_sms_texts()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  update public.sms_texts t set enabled_at = now()
  where t.salon_id = new.salon_id and t.enabled;
  return null;
end;
$$;
revoke all on function private.restart_sms_texts() from public, anon, authenticated;
comment on function private.restart_sms_texts() is
  'Trigger: texts count as enabled since the salon''s messages are. Security definer, because '
  'members may not write enabled_at.';

create trigger restart_texts
  after update of enabled on public.sms_settings
  for each row when (new.enabled and not old.enabled)
  execute function private.restart_sms_texts();

alter table public.sms_texts enable row level security;
revoke all on table public.sms_texts from public, anon, authenticated, service_role;
grant select,
  insert (salon_id, kind, enabled, mode, send_at_local, hours_before, template),
  -- Includes the key, which an upsert of the Data API sets to its own value.
  update (salon_id, kind, enabled, mode, send_at_local, hours_before, template)
  on table public.sms_texts to authenticated;
grant select, insert, update, delete on table public.sms_texts to service_role;
grant select on table public.sms_texts to sms_worker;

create policy "members can see the texts of their salon" on public.sms_texts
  for select to authenticated
  using (private.refuse_estimates() and salon_id = any ((select private.salon_ids())::uuid[]));
create policy "owners can create the texts of their salon" on public.sms_texts
  for insert to authenticated
  with check (salon_id = any ((select private.owned_salon_ids())::uuid[]));
create policy "owners can change the texts of their salon" on public.sms_texts
  for update to authenticated
  using (salon_id = any ((select private.owned_salon_ids())::uuid[]))
  with check (salon_id = any ((select private.owned_salon_ids())::uuid[]));
create policy "the SMS worker can see texts" on public.sms_texts
  for select to sms_worker using (true);
