-- Why a delivery was not applied. Created only if it is missing, because the migration that adopts
-- BarkBook's tables creates it before the baseline does.

do $$
begin
  if to_regtype('public.delivery_reason') is null then
    create type public.delivery_reason as enum (
      'booking_unknown', 'salon_not_found', 'other_salon', 'apply_failed', 'rate_limited',
      'invalid_payload', 'erased', 'redacted', 'no_booking');
  end if;
end;
$$;
comment on type public.delivery_reason is
  'booking_unknown: its booking has not arrived yet. salon_not_found: no salon has the host''s '
  'username, and nothing else tells whose it is. other_salon: the booking belongs to another '
  'salon. apply_failed: the database raised an error. rate_limited: too many deliveries of the '
  'salon within a minute. invalid_payload: the body cannot be read. Only when a replay is refused: '
  'erased (the person was erased), redacted (the body is past its retention) and no_booking (not '
  'about a booking).';
