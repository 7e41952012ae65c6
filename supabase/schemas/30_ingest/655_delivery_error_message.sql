-- Called by private.delivery_with_result; the result is webhook_logs.error_message.

create function private.delivery_error_message(
  delivery public.webhook_logs, reason public.delivery_reason, failure text, is_last boolean
)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return case reason
    when 'booking_unknown' then 'Deferred: the booking it belongs to has not arrived yet.'
    when 'salon_not_found' then 'Failed to find salon: no salon has the Cal.com username '
      || coalesce('"' || (delivery.booking ->> 'organizerUsername') || '"', '(none sent)')
      || ', and the metadata names no known client or pet. Set salons.cal_com_username.'
    when 'other_salon' then 'Failed to create event: this booking belongs to another salon. '
      'Check which salon has the host''s Cal.com username.'
    when 'apply_failed' then 'Failed to create event: ' || failure
      || '. Check the permissions of service_role and the row the delivery is about.'
  end || case when is_last then ' Retries stopped after ' || delivery.attempts + 1
    || ' attempts. Once the cause is removed, run: select * from replay_delivery('''
    || delivery.id || ''');' else '' end;
end;
$$;
revoke all on function private.delivery_error_message(
  public.webhook_logs, public.delivery_reason, text, boolean) from public, anon, authenticated;
grant execute on function private.delivery_error_message(
  public.webhook_logs, public.delivery_reason, text, boolean) to service_role;
comment on function private.delivery_error_message(
  public.webhook_logs, public.delivery_reason, text, boolean) is
  'Explains to a person why a delivery was not applied, and what to do. Programs match the reason '
  'instead. failure: the SQLSTATE and the constraint, for apply_failed. is_last: there will be no '
  'further retry.';
