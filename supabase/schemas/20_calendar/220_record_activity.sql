-- Records what members change here. Trigger on calendar_events and clients.

create function private.record_activity()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  changed jsonb := to_jsonb(new);
  is_client boolean := tg_table_name = 'clients';
begin
  insert into public.salon_activity (salon_id, event_id, client_id, action, actor_id)
  values (new.salon_id, case when not is_client then new.id end,
    case when is_client then new.id else (changed ->> 'client_id')::uuid end,
    coalesce(tg_argv[0]::public.salon_action, private.action_of_response(
      (changed ->> 'client_response')::public.client_response)), auth.uid());
  return null;
end;
$$;
revoke all on function private.record_activity() from public, anon, authenticated;
comment on function private.record_activity() is
  'Trigger: records who changed a row. Argument: the action; without one, what the client '
  'answered. Security definer, because members may not write the record themselves.';

create trigger record_assign
  after update of client_id, pet_id on public.calendar_events
  for each row when (current_user = 'authenticated'
    and (new.client_id, new.pet_id) is distinct from (old.client_id, old.pet_id))
  execute function private.record_activity('assign');
create trigger record_note
  after update of salon_note on public.calendar_events
  for each row when (current_user = 'authenticated'
    and new.salon_note is distinct from old.salon_note)
  execute function private.record_activity('note');
create trigger record_attendance
  after update of attendance on public.calendar_events
  for each row when (current_user = 'authenticated'
    and new.attendance is distinct from old.attendance)
  execute function private.record_activity('attendance');
create trigger record_answer
  after update of client_response on public.calendar_events
  for each row when (current_user = 'authenticated'
    and new.client_response is distinct from old.client_response)
  execute function private.record_activity();
create trigger record_add_client
  after insert on public.clients
  for each row when (current_user = 'authenticated')
  execute function private.record_activity('add_client');
create trigger record_correct_contact
  after update of phone_number, email on public.clients
  for each row when (current_user = 'authenticated'
    and (new.phone_number, new.email) is distinct from (old.phone_number, old.email))
  execute function private.record_activity('correct_contact');
create trigger record_consent_change
  after update of has_gdpr_consent on public.clients
  for each row when (current_user = 'authenticated'
    and new.has_gdpr_consent <> old.has_gdpr_consent)
  execute function private.record_activity('consent');
