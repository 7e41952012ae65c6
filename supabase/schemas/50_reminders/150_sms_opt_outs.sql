-- Numbers that want no SMS.

create table public.sms_opt_outs (
  salon_id uuid not null references public.salons (id) on delete cascade,
  phone text not null,
  source text not null default 'salon',
  created_at timestamptz not null default now(),
  primary key (salon_id, phone),
  constraint sms_opt_outs_phone_is_e164 check (phone ~ '^\+[1-9][0-9]{6,14}$'),
  constraint sms_opt_outs_source_is_known check (source in ('salon', 'smsapi', 'twilio'))
);

create index sms_opt_outs_phone_idx on public.sms_opt_outs (phone);

comment on table public.sms_opt_outs is
  'Numbers that want no SMS from a salon, whatever the client''s consent says.';
comment on column public.sms_opt_outs.phone is 'E.164, such as +48600100200.';
comment on column public.sms_opt_outs.source is
  'Who recorded it: the salon, or a gateway that was told STOP.';

alter table public.sms_opt_outs enable row level security;
revoke all on table public.sms_opt_outs from public, anon, authenticated, service_role;
grant select, insert (salon_id, phone), delete on table public.sms_opt_outs to authenticated;
grant select, insert, update, delete on table public.sms_opt_outs to service_role;
grant select, insert, delete on table public.sms_opt_outs to sms_worker;

create policy "members can see who wants no SMS" on public.sms_opt_outs
  for select to authenticated
  using (salon_id = any (array(select private.salon_ids())));
create policy "members can note who wants no SMS" on public.sms_opt_outs
  for insert to authenticated
  with check (salon_id = any (array(select private.salon_ids())));
-- What somebody told a gateway, only they take back.
create policy "members can take back what their salon noted" on public.sms_opt_outs
  for delete to authenticated
  using (source = 'salon' and salon_id = any (array(select private.salon_ids())));
create policy "the SMS worker sees who wants no SMS" on public.sms_opt_outs
  for select to sms_worker using (true);
create policy "the SMS worker notes who wants no SMS" on public.sms_opt_outs
  for insert to sms_worker with check (true);
create policy "the SMS worker lets SMS through again" on public.sms_opt_outs
  for delete to sms_worker using (true);
