-- Ends the feed of a salon that an owner leaves. Trigger on salon_members and salons.

create function private.end_feed_of_owner()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  if tg_table_name = 'salons' then
    delete from public.calendar_feeds f where f.salon_id = old.id;
  else
    delete from public.calendar_feeds f where f.salon_id = old.salon_id;
  end if;
  return null;
end;
$$;
revoke all on function private.end_feed_of_owner() from public, anon, authenticated;
comment on function private.end_feed_of_owner() is
  'Trigger: an owner who left may know the address of the feed, so it stops working. Security '
  'definer, because members who leave may not delete the feed.';

create trigger end_feed_of_owner
  after delete on public.salon_members
  for each row when (old.role = 'owner') execute function private.end_feed_of_owner();
create trigger end_feed_of_former_owner
  after update of role on public.salon_members
  for each row when (old.role = 'owner' and new.role <> 'owner')
  execute function private.end_feed_of_owner();
create trigger end_feed_of_owner
  after update of user_id on public.salons
  for each row when (old.user_id is distinct from new.user_id)
  execute function private.end_feed_of_owner();
