-- Called by private.retry_deliveries.

create function private.next_due_salon(after uuid)
returns uuid
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select l.salon_id from public.webhook_logs l
    where l.status <> 'success' and l.next_attempt_at <= now()
      and l.salon_id > coalesce(after, '00000000-0000-0000-0000-000000000000')
    order by l.salon_id limit 1);
end;
$$;
revoke all on function private.next_due_salon(uuid) from public, anon, authenticated;
comment on function private.next_due_salon(uuid) is
  'The next salon, in the order of ids, with a delivery that is due for a retry; the first one if '
  'after is null. Null after the last one.';
