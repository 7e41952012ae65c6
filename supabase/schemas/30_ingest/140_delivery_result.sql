-- What the functions return that apply a delivery or write an appointment.

create type private.delivery_result as (
  delivery public.webhook_logs,
  action public.delivery_action,
  event_id uuid,
  reason public.delivery_reason
);
comment on type private.delivery_result is
  'What came of a delivery. delivery: with its warnings, and without a person who was erased. '
  'action, reason: see the types delivery_action and delivery_reason. event_id: the appointment, '
  'or one of them if it is about a whole slot.';

create type private.written_appointment as (
  appointment public.calendar_events,
  delivery public.webhook_logs,
  changed boolean
);
comment on type private.written_appointment is
  'An appointment after a delivery. changed: somebody can see a difference. delivery: without the '
  'person, if the appointment was erased.';
