-- Called by the view private.unplanned_appointments.

create function private.sms_is_being_told(
  event uuid, starts_at timestamptz, other_than public.sms_message_kind
)
returns boolean
language plpgsql
stable
-- Of the conditions of private.unplanned_appointments, the last that Postgres evaluates.
cost 10000
set search_path = ''
as $$
begin
  return exists (
    select
    from public.sms_message_events covered
    join public.sms_messages m on m.id = covered.message_id
    where covered.event_id = event and covered.start_time = starts_at
      and covered.kind not in (other_than, 'answer')
      and (covered.kind = 'cancelled') = (other_than = 'cancelled')
      and private.sms_may_still_be_sent(m));
end;
$$;
revoke all on function
  private.sms_is_being_told(uuid, timestamptz, public.sms_message_kind)
  from public, anon, authenticated;
grant execute on function
  private.sms_is_being_told(uuid, timestamptz, public.sms_message_kind) to sms_worker;
comment on function private.sms_is_being_told(uuid, timestamptz, public.sms_message_kind) is
  'Whether a message of another kind may still tell the client of this start. What becomes of it '
  'decides whether one of this kind is needed.';
