-- Called by every policy with which members read. PostgREST answers Prefer: count=planned and
-- count=estimated with the planner's row estimate, which is computed from the rows of all salons.

-- Immutable, so that the planner itself calls it and executed queries pay nothing. A check of the
-- header in pgrst.db_pre_request would not do: of several Prefer headers PostgREST obeys all and
-- shows only the last.
create function private.refuse_estimates()
returns boolean
language plpgsql
immutable
set search_path = ''
as $$
begin
  if current_query() ~* '^\s*explain' and current_setting('request.method', true) <> '' then
    raise exception 'Row counts are not estimated here'
      using errcode = 'PT400', hint = 'Send Prefer: count=exact, or no count.';
  end if;
  return true;
end;
$$;
revoke all on function private.refuse_estimates() from public, anon;
grant execute on function private.refuse_estimates() to authenticated;
comment on function private.refuse_estimates() is
  'True, for policies. Raises PT400 when the Data API asks for an estimate or a plan, which would '
  'tell members how many rows all salons have.';
