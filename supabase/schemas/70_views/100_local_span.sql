-- Called by the views of a day and of a week.

create function private.local_span(
  unit text, moment timestamptz, zone text, out starts_at timestamptz, out ends_at timestamptz
)
language plpgsql
stable
set search_path = ''
as $$
declare
  first_moment timestamp := date_trunc(unit, moment at time zone zone);
begin
  starts_at := first_moment at time zone zone;
  ends_at := (first_moment + ('1 ' || unit)::interval) at time zone zone;
end;
$$;
revoke all on function private.local_span(text, timestamptz, text) from public, anon;
grant execute on function private.local_span(text, timestamptz, text)
  to authenticated, service_role;
comment on function private.local_span(text, timestamptz, text) is
  'The day or week (from Monday) of a time zone that contains a moment: from starts_at up to, not '
  'including, ends_at. A join on these two columns can use the index on start_time under row level '
  'security; an expression over timezone could not.';
