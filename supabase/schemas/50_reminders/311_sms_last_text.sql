-- Called by private.sms_must_tell_again, private.sms_is_told and private.sms_may_be_repeated.

create function private.sms_last_text(event uuid, number_typed text, other_than uuid default null)
returns table (
  start_time timestamptz, told_at timestamptz, is_being_sent boolean,
  kinds public.sms_message_kind[]
)
language plpgsql
stable
rows 1
set search_path = ''
as $$
declare
  number text := private.e164(number_typed);
begin
  return query
  with texts as (
    select told.start_time, coalesce(m.maybe_sent_since, m.dispatch_started_at) as told_at,
      m.status = 'leased' as is_being_sent, m.kind
    from private.sms_told_events told
    join public.sms_messages m on m.id = told.message_id
    where told.event_id = event and m.id is distinct from other_than
      -- Its text need not name a start.
      and m.kind <> 'answer'
      -- The typed numbers are compared, too, so that a number that the provider's form differs from
      -- is not told again and again.
      and (m.phone = number or m.phone_number = number_typed)
      and private.may_have_been_sent(m)
  )
  select last.start_time, last.told_at, last.is_being_sent, array(
      select same.kind from texts same
      where same.start_time = last.start_time and not exists (
        select from texts other
        where other.start_time <> last.start_time and other.told_at > same.told_at))
  from texts last
  order by last.told_at desc,
    -- Of texts that went out at once, any may be the last.
    last.start_time = (
      select e.start_time from public.calendar_events e where e.id = event) desc nulls last
  limit 1;
end;
$$;
revoke all on function private.sms_last_text(uuid, text, uuid) from public, anon, authenticated;
grant execute on function private.sms_last_text(uuid, text, uuid) to sms_worker, service_role;
comment on function private.sms_last_text(uuid, text, uuid) is
  'The start that the last text to a number about an appointment names (infinity: it was '
  'cancelled), and when it was sent; no row if the number was never told. Texts that may have '
  'arrived count. kinds: those of the texts that said so since another start was named. '
  'number_typed: the number as it was typed. other_than: a message that is left out.';
