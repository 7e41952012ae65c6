-- Called by private.scheduler_report and private.wake_up_report.

create function private.scheduled_at()
returns timestamptz
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select s.updated_at from vault.secrets s where s.name = 'barkbook_worker_secret');
end;
$$;
revoke all on function private.scheduled_at() from public, anon, authenticated;
comment on function private.scheduled_at() is
  'When setup_schedules was last called: each call makes a new worker secret. Null if it was not.';
