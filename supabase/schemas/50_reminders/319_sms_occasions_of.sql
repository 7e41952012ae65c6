-- Called by the view private.unplanned_appointments.

create function private.sms_occasions_of(salon uuid)
returns table (
  event_id uuid, kind public.sms_message_kind, due_at timestamptz, lead interval,
  true_start timestamptz, told_since timestamptz, known_start timestamptz,
  settings_changed_at timestamptz, message public.sms_messages, is_superseded boolean
)
language plpgsql
stable
rows 1000
set search_path = ''
-- Of two indexes together, Postgres would read one for the appointments of all salons.
set enable_bitmapscan = off
-- Planning the view takes longer than reading it.
set plan_cache_mode = 'force_generic_plan'
as $$
begin
  return query
  select o.event_id, o.kind, o.due_at, o.lead, o.true_start, o.told_since, o.known_start,
    o.settings_changed_at, o.message, o.is_superseded
  from private.sms_occasions o
  where o.salon_id = salon;
end;
$$;
revoke all on function private.sms_occasions_of(uuid) from public, anon, authenticated;
grant execute on function private.sms_occasions_of(uuid) to sms_worker;
comment on function private.sms_occasions_of(uuid) is
  'The occasions of one salon, computed once: joined directly, Postgres may compute the view anew '
  'for each appointment.';
