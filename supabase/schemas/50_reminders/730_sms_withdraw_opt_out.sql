-- Called by functions/sms-status when somebody answers START.

create function public.sms_withdraw_opt_out(p_phone text, p_source public.sms_opt_out_source)
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  withdrawn integer;
begin
  -- An opt-out that a salon recorded itself can only be withdrawn by the salon.
  delete from public.sms_opt_outs o where o.phone = p_phone and o.source = p_source;
  get diagnostics withdrawn = row_count;
  delete from private.erased_opt_outs o
  where o.source = p_source and o.phone_hash = private.opt_out_hash(o.salon_id, p_phone);
  return withdrawn;
end;
$$;
revoke all on function public.sms_withdraw_opt_out(text, public.sms_opt_out_source)
  from public, anon, authenticated;
grant execute on function public.sms_withdraw_opt_out(text, public.sms_opt_out_source)
  to service_role;
comment on function public.sms_withdraw_opt_out(text, public.sms_opt_out_source) is
  'Withdraws the opt-outs that the same provider recorded, because somebody answered START. '
  'Returns the number of salons. Security definer, because opt-outs are written with the rights of '
  'sms_worker.';
select private.assign_to_sms_worker(
  'public.sms_withdraw_opt_out(text, public.sms_opt_out_source)');
