-- What came of a delivery. Created only if it is missing, because the migration that adopts
-- BarkBook's tables creates it before the baseline does.

do $$
begin
  if to_regtype('public.delivery_action') is null then
    create type public.delivery_action as enum (
      'applied', 'stale', 'deferred', 'dead', 'ignored', 'invalid', 'duplicate', 'refused');
  end if;
end;
$$;
comment on type public.delivery_action is
  'applied: the appointment changed. stale: superseded, because other deliveries had already said '
  'more, or nothing left to change. deferred: not applied yet; retried at next_attempt_at. dead: '
  'a dead letter, whose retries are used up; applied when its booking or salon appears, or by '
  'replay_delivery. ignored: the trigger changes no appointment. invalid: the body cannot be '
  'read. Returned by functions, but never stored in webhook_logs: duplicate '
  '(upsert_calendar_event: the same bytes were applied before) and refused (replay_delivery: '
  'there is nothing to apply; upsert_salon_delivery: the secret was revoked).';
