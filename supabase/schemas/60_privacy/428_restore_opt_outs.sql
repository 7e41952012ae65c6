-- Brings an erased opt-out back. Trigger on clients.

create function private.restore_opt_outs()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  number text := private.e164(new.phone_number);
begin
  insert into public.sms_opt_outs (salon_id, phone, source)
  select e.salon_id, number, e.source
  from private.erased_opt_outs e
  where e.salon_id = new.salon_id
    and e.phone_hash = private.opt_out_hash(new.salon_id, number)
  on conflict do nothing;
  return null;
end;
$$;
revoke all on function private.restore_opt_outs() from public, anon, authenticated;
comment on function private.restore_opt_outs() is
  'Trigger: a client with the number of an erased one who had sent STOP is opted out again. '
  'Security definer, because members can record opt-outs of their own only.';

create trigger restore_opt_outs
  after insert or update of phone_number on public.clients
  for each row execute function private.restore_opt_outs();
