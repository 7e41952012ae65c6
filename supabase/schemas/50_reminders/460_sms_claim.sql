-- Called by functions/sms-reminders for each batch.

create function public.sms_claim(
  p_provider public.sms_provider,
  p_limit integer default 25,
  p_lease interval default '60 seconds',
  p_now timestamptz default null
)
returns table (
  message_id uuid, lease_token uuid, was_unknown boolean, salon_id uuid, salon_name text,
  salon_address text, timezone text, template text, language public.reminder_language,
  transliterate boolean, max_segments integer, sender text, client_name text, phone text,
  not_after timestamptz, appointments jsonb, sent_to text, sent_body text, sent_since timestamptz,
  allowed_links text[], salon_phone text, link_token text
)
language plpgsql
security definer
set search_path = ''
as $$
declare
  salon record;
  claimed boolean := false;
  passed_over boolean;
begin
  perform private.set_app_clock(p_now);
  if private.sms_provider_is_paused(p_provider) then
    return;
  end if;
  loop
    passed_over := false;
    for salon in
      select d.salon_id as id, array_agg(d.message_id) as due_ids,
        array_agg(d.message_id) filter (where d.was_unknown) as unknown_ids
      from private.sms_lock_due_messages(p_provider, p_limit) d
      group by d.salon_id
    loop
      begin
        return query
        select * from private.sms_lease_messages(
          salon.due_ids, salon.unknown_ids, p_provider, p_lease);
        claimed := true;
      exception
        -- One salon must not stop the others. "others" does not include the statement timeout,
        -- which ends a call only once, so the next salons need a new call.
        when others or query_canceled then
          perform private.sms_pass_over(salon.id, sqlstate);
          if sqlstate = '57014' then
            return;
          end if;
          passed_over := true;
      end;
    end loop;
    -- A run ends when nothing is claimed, and a salon that was passed over must not end it.
    exit when claimed or not passed_over;
  end loop;
end;
$$;
revoke all on function public.sms_claim(public.sms_provider, integer, interval, timestamptz)
  from public, anon, authenticated;
grant execute on function public.sms_claim(public.sms_provider, integer, interval, timestamptz)
  to service_role;
comment on function public.sms_claim(public.sms_provider, integer, interval, timestamptz) is
  'Claims due messages for one run, each until its lease ends; none while the provider is paused. '
  'was_unknown: the message may have been sent (sent_to, sent_body, sent_since), so look it up, or '
  'send it again if the provider recognizes a repetition. phone: of the client, in E.164. appointments: '
  '[{startTime, pet}], those that still take place. Security definer, because the job works with the rights of sms_worker.';
select private.assign_to_sms_worker(
  'public.sms_claim(public.sms_provider, integer, interval, timestamptz)');
