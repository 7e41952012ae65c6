-- What is recorded in salon_activity.

create type public.salon_action as enum (
  'assign', 'add_client', 'correct_contact', 'consent', 'note', 'attendance',
  'cancel', 'move', 'no_show', 'confirm', 'decline', 'book',
  'client_coming', 'client_cancel', 'client_move', 'take_back_answer',
  'send_now', 'skip', 'unskip', 'test_sms'
);
comment on type public.salon_action is
  'assign: a client or pet for an appointment. add_client, correct_contact, consent: of a client. '
  'note, attendance: of an appointment. cancel, move, no_show, confirm, decline, book: in Cal.com. '
  'client_coming, client_cancel, client_move: what the client answered; take_back_answer: that '
  'they answered nothing after all. send_now, skip, unskip: of a reminder. test_sms: of the salon.';

create type public.action_outcome as enum ('pending', 'done', 'failed');
comment on type public.action_outcome is
  'pending: Cal.com has not answered yet. failed: nothing was changed, see error_code.';
