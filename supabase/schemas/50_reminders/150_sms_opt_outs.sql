-- Phone numbers that opted out.

create table public.sms_opt_outs (
  salon_id uuid not null references public.salons (id) on delete cascade,
  phone text not null,
  source public.sms_opt_out_source not null default 'salon',
  created_at timestamptz not null default now(),
  -- A salon's note and a person's own STOP are withdrawn separately.
  primary key (salon_id, phone, source),
  constraint sms_opt_outs_phone_is_e164 check (phone ~ '^\+[1-9][0-9]{6,14}$')
);

create index sms_opt_outs_phone_idx on public.sms_opt_outs (phone);

comment on table public.sms_opt_outs is
  'Phone numbers that want no SMS from a salon. They get none even if the client consented.';
comment on column public.sms_opt_outs.source is
  'Who recorded it: the salon, whose members can withdraw it, or the provider that the person told '
  'STOP, which only START withdraws. A number may have one of each.';
comment on column public.sms_opt_outs.phone is 'E.164, such as +48600100200.';

create trigger keep_key
  before update of salon_id on public.sms_opt_outs
  for each row when (new.salon_id <> old.salon_id) execute function private.refuse_new_key();

alter table public.sms_opt_outs enable row level security;
revoke all on table public.sms_opt_outs from public, anon, authenticated, service_role;
grant select, insert (salon_id, phone), delete on table public.sms_opt_outs to authenticated;
grant select, insert, update, delete on table public.sms_opt_outs to service_role;
grant select, insert, delete on table public.sms_opt_outs to sms_worker;

create policy "members can see the opt-outs of their salon" on public.sms_opt_outs
  for select to authenticated
  using (private.refuse_estimates() and salon_id = any ((select private.salon_ids())::uuid[]));
create policy "members can record an opt-out" on public.sms_opt_outs
  for insert to authenticated
  with check (salon_id = any ((select private.salon_ids())::uuid[]));
-- Only the person who told a provider STOP can withdraw that, by START.
create policy "members can withdraw an opt-out that their salon recorded" on public.sms_opt_outs
  for delete to authenticated
  using (source = 'salon' and salon_id = any ((select private.salon_ids())::uuid[]));
create policy "the SMS worker can see opt-outs" on public.sms_opt_outs
  for select to sms_worker using (true);
create policy "the SMS worker can record opt-outs" on public.sms_opt_outs
  for insert to sms_worker with check (true);
create policy "the SMS worker can withdraw opt-outs" on public.sms_opt_outs
  for delete to sms_worker using (true);
