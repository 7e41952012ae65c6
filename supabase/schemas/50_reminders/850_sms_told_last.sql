-- Called by sms_receive_reply.

create function private.sms_told_last(number text)
returns table (salon_id uuid, client_id uuid, event_id uuid, start_time timestamptz)
language plpgsql
stable
set search_path = ''
as $$
declare
  last public.sms_messages;
begin
  select m.* into last
  from public.sms_messages m
  where m.phone = number and private.may_have_been_sent(m)
  order by coalesce(m.maybe_sent_since, m.dispatch_started_at, m.sent_at) desc nulls last
  limit 1;
  if not found then
    return;
  end if;
  return query
  with coming as (
    select distinct e.client_id, e.id, e.start_time as starts_at,
      (e.start_time at time zone s.timezone)::date as day
    from public.sms_messages m
    join private.sms_told_events told on told.message_id = m.id
    join public.calendar_events e
      on e.id = told.event_id and e.client_id = m.client_id and e.salon_id = m.salon_id
    -- Whoever has the client's old number does not answer for them.
    join public.clients c on c.id = m.client_id and c.salon_id = m.salon_id
      and private.e164(c.phone_number) = number
    join public.salons s on s.id = e.salon_id
    where m.phone = number and m.salon_id = last.salon_id and private.may_have_been_sent(m)
      and e.start_time > private.app_now()
      and e.status in ('pending', 'scheduled', 'confirmed')
  )
  select last.salon_id, coalesce(c.client_id, last.client_id), c.id, (
      select t.start_time from private.sms_last_text(c.id, number) t)
  from (select) as one
  -- One SMS is about all appointments of a day, so one reply is, too.
  left join coming c on c.day = (select min(n.day) from coming n)
  order by c.starts_at, c.id;
end;
$$;
revoke all on function private.sms_told_last(text) from public, anon, authenticated;
grant execute on function private.sms_told_last(text) to service_role;
comment on function private.sms_told_last(text) is
  'What somebody with this number (E.164) replies to: the salon that wrote to it last, and the '
  'appointments of the next day of which that salon told it. start_time: what the last text said, '
  'which is another start if the appointment moved since, or infinity. A single row without an appointment '
  'if there is none, and no row if no salon wrote.';
