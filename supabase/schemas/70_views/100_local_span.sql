-- Called by the views of a day, of a week, and of the figures of each day.

create function private.local_span(
  unit text, moment timestamptz, zone text, out starts_at timestamptz, out ends_at timestamptz
)
language plpgsql
stable
set search_path = ''
as $$
declare
  first_date date := date_trunc(unit, moment at time zone zone);
  next_date date := first_date + ('1 ' || unit)::interval;
  hour constant interval := interval '1 hour';
begin
  starts_at := first_date::timestamp at time zone zone;
  ends_at := next_date::timestamp at time zone zone;
  -- Where clocks change at midnight, as on the Azores and in Cuba, there are two midnights
  -- in autumn, of which Postgres takes the last. It reads one that spring lacks as an hour later.
  if ((starts_at - hour) at time zone zone)::date = first_date then
    starts_at := starts_at - hour;
  end if;
  if ((ends_at - hour) at time zone zone)::date = next_date then
    ends_at := ends_at - hour;
  end if;
end;
$$;
revoke all on function private.local_span(text, timestamptz, text) from public, anon;
grant execute on function private.local_span(text, timestamptz, text)
  to authenticated, service_role;
comment on function private.local_span(text, timestamptz, text) is
  'The day or week (from Monday) of a time zone that contains a moment: from starts_at up to, not '
  'including, ends_at. A join on these two columns can use the index on start_time under row level '
  'security; an expression over timezone could not.';
