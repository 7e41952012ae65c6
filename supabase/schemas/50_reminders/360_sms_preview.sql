-- Called by functions/sms-reminders in a dry run.

create function public.sms_preview(p_limit integer default 500, p_now timestamptz default null)
returns table (
  salon_id uuid, salon_name text, salon_address text, timezone text, template text,
  language public.reminder_language, transliterate boolean, max_segments integer, client_name text,
  phone text, appointments jsonb, send_at timestamptz, not_after timestamptz,
  skip_reason public.sms_reason, allowed_links text[],
  salon_phone text, kind public.sms_message_kind
)
language plpgsql
security definer
set search_path = ''
as $$
declare
  salon record;
  found_rows integer := 0;
  found_here integer;
begin
  perform private.set_app_clock(p_now);
  for salon in
    select r.salon_id, s.name
    from public.sms_settings r join public.salons s on s.id = r.salon_id
    where r.enabled and private.sms_has_coming_appointment(r.salon_id)
  loop
    exit when found_rows >= p_limit;
    begin
      return query
      select r.salon_id, r.salon_name, r.salon_address, r.timezone, r.template, r.language,
        r.transliterate, r.max_segments::integer, r.client_name, private.e164(r.phone_number),
        r.appointments,
        r.send_at, r.not_after, r.skip_reason, r.allowed_links, r.salon_phone,
        r.kind
      from public.due_reminders r
      where r.salon_id = salon.salon_id
      order by r.not_after
      limit p_limit - found_rows;
      get diagnostics found_here = row_count;
      found_rows := found_rows + found_here;
    exception
      when others then
        salon_id := salon.salon_id;
        salon_name := salon.name;
        skip_reason := 'broken_settings';
        return next;
    end;
  end loop;
end;
$$;
revoke all on function public.sms_preview(integer, timestamptz) from public, anon, authenticated;
grant execute on function public.sms_preview(integer, timestamptz) to service_role;
comment on function public.sms_preview(integer, timestamptz) is
  'What a run would plan; writes nothing. skip_reason: as in due_reminders, or broken_settings. '
  'Security definer, because the job works with the rights of sms_worker.';
select private.assign_to_sms_worker('public.sms_preview(integer, timestamptz)');
