-- Keeps members' changes in the order of locks that deliveries follow. Trigger on the tables whose
-- rows deliveries change or refer to.

create function private.lock_salons_of_member()
returns trigger
language plpgsql
security definer
set search_path = ''
-- The time that the loop leaves, which ends with the function.
set lock_timeout = '1s'
as $$
declare
  deadline timestamptz := clock_timestamp() + interval '1 second';
  salon uuid;
begin
  for salon in select distinct s from unnest(private.salon_ids()) as s order by s loop
    perform set_config('lock_timeout', greatest(
      1, extract(milliseconds from deadline - clock_timestamp())::integer)::text, true);
    perform private.lock_salon(salon);
  end loop;
  return null;
exception
  -- Releases the locks that it did get: the member's other salons do not wait for a busy one.
  when lock_not_available then
    return null;
end;
$$;
revoke all on function private.lock_salons_of_member() from public, anon, authenticated;
comment on function private.lock_salons_of_member() is
  'Trigger: a statement of a member that may change many rows waits for the deliveries of the '
  'salon that are being applied, and blocks later ones, before it locks its first row. Otherwise '
  'it would deadlock with a delivery that locks the same rows in another order. It waits for one '
  'second in all, and then the statement goes on without these locks: a deadlock (40P01) is '
  'possible then, but takes a salon that is busy for so long, and the same rows. Security '
  'definer, because members may not lock a salon.';

create trigger lock_salons
  before update or delete on public.clients
  for each statement when (current_user = 'authenticated')
  execute function private.lock_salons_of_member();
create trigger lock_salons
  before update or delete on public.pets
  for each statement when (current_user = 'authenticated')
  execute function private.lock_salons_of_member();
