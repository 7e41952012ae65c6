-- Called by private.sms_send_at_once.

create function private.sms_ask_for_run(salon uuid)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  messages_a_minute constant integer := 10;
begin
  if messages_a_minute < (
    select count(*) from public.salon_activity a
    where a.salon_id = salon and a.action in ('send_now', 'test_sms')
      and a.created_at > clock_timestamp() - interval '1 minute'
  ) then
    return false;
  end if;
  insert into private.sms_asked_runs as last (salon_id, asked_at)
  values (salon, clock_timestamp())
  on conflict (salon_id) do update set asked_at = excluded.asked_at
  where private.sms_asked_run_is_over(last.asked_at);
  -- Otherwise a run of this salon is coming or under way, and takes everything along that is due.
  if found and not private.start_function('sms-reminders') then
    delete from private.sms_asked_runs a where a.salon_id = salon;
    return false;
  end if;
  return true;
end;
$$;
revoke all on function private.sms_ask_for_run(uuid) from public, anon, authenticated;
comment on function private.sms_ask_for_run(uuid) is
  'Starts functions/sms-reminders, unless the last run that the salon asked for is still to end: '
  'however often members ask, a salon has one at a time. False if it cannot be started, or members '
  'sent more than ten messages within a minute: the next scheduled run sends the rest.';
