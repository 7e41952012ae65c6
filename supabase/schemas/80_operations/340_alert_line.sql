-- Called when an alert is written.

create function private.alert_line(alert private.alerts)
returns text
language plpgsql
stable
set search_path = ''
as $$
declare
  began text := to_char(alert.began_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI');
  ended text := to_char(alert.ended_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI');
begin
  return case when alert.ended_at is null then 'Began: ' else 'Over: ' end
    || alert.code
    || coalesce(' in salon ' || alert.salon_id, '')
    || coalesce(', ' || private.alert_meaning(alert.code), '')
    || ' (' || began || coalesce(' to ' || ended, '') || ' UTC)';
end;
$$;
revoke all on function private.alert_line(private.alerts) from public, anon, authenticated;
comment on function private.alert_line(private.alerts) is
  'One line about an alert. A salon is named by its id: names of salons and of their owners are '
  'personal data, and owners choose them.';
