-- Called by a policy on sms_settings.

create function private.salons_that_test()
returns uuid[]
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return array(
    select distinct m.salon_id
    from public.sms_messages m
    where m.kind = 'test' and m.status in ('pending', 'leased', 'unknown'));
end;
$$;
revoke all on function private.salons_that_test() from public, anon, authenticated;
grant execute on function private.salons_that_test() to sms_worker;
comment on function private.salons_that_test() is
  'The salons with a test SMS that is not sent yet. Security definer, because under row-level '
  'security Postgres does not trust the statistics by which it would choose the index.';
