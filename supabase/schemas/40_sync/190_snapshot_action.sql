-- What came of a snapshot.

create type public.snapshot_action as enum ('applied', 'unchanged', 'deferred', 'failed');
comment on type public.snapshot_action is
  'applied: the appointment changed. unchanged: the calendar already agrees with Cal.com, or '
  'knows more from webhooks. deferred: stored in webhook_logs, not applied yet. failed: the '
  'database raised an error, or the booking is being written.';
