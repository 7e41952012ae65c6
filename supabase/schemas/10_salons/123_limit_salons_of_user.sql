-- Limits how many salons a user can create. Trigger on salons.

create function private.limit_salons_of_user()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.require_room_for_salon();
  return new;
end;
$$;
revoke all on function private.limit_salons_of_user() from public, anon, authenticated;
comment on function private.limit_salons_of_user() is
  'Trigger: refuses a salon of a user who belongs to too many. The operator can create more. '
  'Security definer, because users may not read the limit.';

create trigger limit_salons_of_user
  before insert on public.salons
  for each row when (current_user = 'authenticated')
  execute function private.limit_salons_of_user();
