-- Called by functions/sms-status when somebody answers START.

create function public.sms_withdraw_opt_out(p_phone text, p_source text)
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  withdrawn integer;
begin
  -- What a salon noted itself, only the salon takes back.
  delete from public.sms_opt_outs o where o.phone = p_phone and o.source = p_source;
  get diagnostics withdrawn = row_count;
  return withdrawn;
end;
$$;
revoke all on function public.sms_withdraw_opt_out(text, text) from public, anon, authenticated;
grant execute on function public.sms_withdraw_opt_out(text, text) to service_role;
comment on function public.sms_withdraw_opt_out(text, text) is
  'Somebody answered START: takes back what the same gateway recorded. Returns for how many '
  'salons. Security definer, because opt-outs are written with the rights of sms_worker.';
select private.assign_to_sms_worker('public.sms_withdraw_opt_out(text, text)');
