-- What erased people told a provider: STOP.

create table private.erased_opt_outs (
  salon_id uuid not null references public.salons (id) on delete cascade,
  phone_hash text not null,
  source public.sms_opt_out_source not null,
  primary key (salon_id, phone_hash, source)
);

comment on table private.erased_opt_outs is
  'Opt-outs by STOP of erased clients, so that nobody takes them back by deleting and adding a '
  'client. The opt-out returns with the number: private.restore_opt_outs.';
comment on column private.erased_opt_outs.phone_hash is 'See private.opt_out_hash.';

alter table private.erased_opt_outs enable row level security;
revoke all on table private.erased_opt_outs from public, anon, authenticated, service_role;
grant select, delete on table private.erased_opt_outs to sms_worker;

create policy "the SMS worker can see erased opt-outs" on private.erased_opt_outs
  for select to sms_worker using (true);
create policy "the SMS worker can withdraw erased opt-outs" on private.erased_opt_outs
  for delete to sms_worker using (true);

create function private.opt_out_hash(salon uuid, phone text)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return encode(sha256(convert_to(salon::text || phone, 'UTF8')), 'hex');
end;
$$;
revoke all on function private.opt_out_hash(uuid, text) from public, anon, authenticated;
grant execute on function private.opt_out_hash(uuid, text) to sms_worker;
comment on function private.opt_out_hash(uuid, text) is
  'By what an erased opt-out is recognized: SHA-256 of salon and E.164 number, hexadecimal.';
