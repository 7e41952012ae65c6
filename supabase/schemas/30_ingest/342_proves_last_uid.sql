-- Called by private.heard_of_units.

create function private.proves_last_uid(webhook_type text, booking jsonb)
returns boolean
language plpgsql
immutable
set search_path = ''
as $$
begin
  return case webhook_type
    when 'BOOKING_SYNCED' then booking -> 'snapshot' ->> 'status' in ('pending', 'accepted')
      and booking -> 'snapshot' ->> 'movedTo' is null
    else private.has_full_booking(webhook_type)
  end;
end;
$$;
revoke all on function private.proves_last_uid(text, jsonb) from public, anon, authenticated;
grant execute on function private.proves_last_uid(text, jsonb) to service_role;
comment on function private.proves_last_uid(text, jsonb) is
  'Whether a delivery shows that its uid was the last one of the appointment at that time: a '
  'booking that was made or changed, or a snapshot of a live one that names no successor.';
