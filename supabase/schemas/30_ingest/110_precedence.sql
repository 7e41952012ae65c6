-- Called by a generated column of webhook_logs, by which private.fold_appointment sorts. "or
-- replace", because the migration that adopts BarkBook's tables creates this function before the
-- baseline does.

create or replace function private.precedence(webhook_type text)
returns integer
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  return case webhook_type
    when 'BOOKING_REQUESTED' then 1
    when 'BOOKING_PAYMENT_INITIATED' then 1
    when 'BOOKING_CREATED' then 2
    when 'BOOKING_PAID' then 3
    when 'BOOKING_RESCHEDULED' then 4
    when 'MEETING_ENDED' then 5
    when 'BOOKING_NO_SHOW_UPDATED' then 6
    when 'BOOKING_REJECTED' then 7
    when 'BOOKING_CANCELLED' then 8
    when 'BOOKING_SYNCED' then 9
    else 0
  end;
end;
$$;
revoke all on function private.precedence(text) from public, anon, authenticated;
grant execute on function private.precedence(text) to service_role;
comment on function private.precedence(text) is
  'Orders deliveries that happened at the same moment: the highest is folded last.';
