-- Called by functions/sms-status when somebody answers STOP.

create function public.sms_record_opt_out(p_phone text, p_source text)
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  recorded integer;
begin
  insert into public.sms_opt_outs (salon_id, phone, source)
  select wrote.salon_id, p_phone, p_source
  from (
    select m.salon_id from public.sms_messages m where m.phone = p_phone
    union
    -- Whose messages are too old to have a number, and who would write next.
    select c.salon_id from public.clients c where private.e164(c.phone_number) = p_phone
  ) wrote
  on conflict (salon_id, phone) do nothing;
  get diagnostics recorded = row_count;
  return recorded;
end;
$$;
revoke all on function public.sms_record_opt_out(text, text) from public, anon, authenticated;
grant execute on function public.sms_record_opt_out(text, text) to service_role;
comment on function public.sms_record_opt_out(text, text) is
  'Somebody answered STOP to a number that all salons send from: none of the salons that wrote to '
  'them may again. p_phone: E.164; returns for how many salons this is new. Security definer, '
  'because opt-outs are written with the rights of sms_worker.';
select private.assign_to_sms_worker('public.sms_record_opt_out(text, text)');
