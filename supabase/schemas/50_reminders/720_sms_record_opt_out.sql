-- Called by functions/sms-status when somebody answers STOP.

create function public.sms_record_opt_out(p_phone text, p_source public.sms_opt_out_source)
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  recorded integer;
begin
  insert into public.sms_opt_outs (salon_id, phone, source)
  select salon.salon_id, p_phone, p_source
  from (
    select m.salon_id from public.sms_messages m where m.phone = p_phone
    union
    -- Old messages have no number any more, and a salon may be about to send its first one.
    select c.salon_id from public.clients c where private.e164(c.phone_number) = p_phone
  ) salon
  on conflict do nothing;
  get diagnostics recorded = row_count;
  return recorded;
end;
$$;
revoke all on function public.sms_record_opt_out(text, public.sms_opt_out_source)
  from public, anon, authenticated;
grant execute on function public.sms_record_opt_out(text, public.sms_opt_out_source)
  to service_role;
comment on function public.sms_record_opt_out(text, public.sms_opt_out_source) is
  'Records that somebody answered STOP. All salons send from the same number, so the opt-out '
  'counts for each one that wrote to that person or is about to. p_phone: E.164. Returns the '
  'number of salons for which it is new; one that a salon recorded itself does not count. Security '
  'definer, because opt-outs are written with the rights of sms_worker.';
select private.assign_to_sms_worker(
  'public.sms_record_opt_out(text, public.sms_opt_out_source)');
