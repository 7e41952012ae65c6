-- Called by private.erase_client_data.

create function private.erase_opt_outs(salon uuid, phone text)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  erased integer;
begin
  insert into private.erased_opt_outs (salon_id, phone_hash, source)
  select o.salon_id, private.opt_out_hash(o.salon_id, o.phone), o.source
  from public.sms_opt_outs o
  where o.salon_id = salon and o.phone = erase_opt_outs.phone and o.source <> 'salon'
  on conflict do nothing;
  delete from public.sms_opt_outs o where o.salon_id = salon and o.phone = erase_opt_outs.phone;
  get diagnostics erased = row_count;
  return erased;
end;
$$;
revoke all on function private.erase_opt_outs(uuid, text) from public, anon, authenticated;
comment on function private.erase_opt_outs(uuid, text) is
  'Removes the opt-outs of a number, and remembers a STOP without it. Returns how many.';
