import type { Enums } from '../../../shared/database.types.ts';
import { withToken } from '../../../shared/sms/client-link.ts';
import type { SmsProvider } from './providers/provider.ts';
import type { DatabaseResult } from '../_shared/rpc.ts';
import type { ClaimedMessage } from './claimed-message.ts';
import type { Clock } from './clock.ts';
import type { Outbox } from './outbox.ts';
import { type Outcome, outcomeOfLookup, outcomeOfSend } from './outcome.ts';
import { prepare, type Prepared, type Rules } from './prepare.ts';
import { type MessageResult, resultWhenNotSent, resultWhenSettled } from './message-result.ts';

/** What a message is sent with. */
export type Dispatcher = Rules & {
  outbox: Pick<Outbox, 'beginDispatch' | 'settle'>;
  provider: SmsProvider;
  clock: Clock;
  wait: (ms: number) => Promise<void>;
};

/** What became of a message, and whether its provider is paused. */
export type Dispatched = { result: MessageResult; paused: boolean };

/** Certainly not sent, because the database did not answer. */
const UNANSWERED: Outcome = { p_outcome: 'unreached', p_code: 'begin_unanswered' };

const UNWRITABLE: Outcome = { p_outcome: 'transient', p_code: 'unwritable' };

/** The database decides why there are no appointments left. */
const NOTHING_LEFT = { ok: false, problem: null } as const;

/** After a longer outage of the database, a later run recovers the message. */
const SETTLE_WAITS_MS = [0, 200, 800];

/** Sends one claimed message, or finds out whether it was sent before. */
export async function dispatch(
  message: ClaimedMessage,
  dispatcher: Dispatcher,
): Promise<Dispatched> {
  const { provider } = dispatcher;
  const mustLookUp = message.was_unknown && !provider.idempotent;
  return mustLookUp ? await lookUp(message, dispatcher) : await send(message, dispatcher);
}

async function lookUp(message: ClaimedMessage, dispatcher: Dispatcher): Promise<Dispatched> {
  const { sent_to, sent_body, sent_since, link_token } = message;
  const { provider } = dispatcher;
  const found = provider.lookUp && sent_to !== null && sent_body !== null && sent_since !== null
    ? await provider.lookUp({
      to: sent_to,
      body: withToken(sent_body, link_token),
      since: new Date(sent_since),
    })
    : { kind: 'unavailable' as const, code: 'no_lookup' };
  return await settle(message, outcomeOfLookup(found), dispatcher);
}

async function send(message: ClaimedMessage, dispatcher: Dispatcher): Promise<Dispatched> {
  const { outbox, provider, clock } = dispatcher;
  const draft = message.appointments.length === 0
    ? NOTHING_LEFT
    : prepare(message, dispatcher, clock.now());
  if (!draft.ok && draft.problem === 'unwritable') {
    return await settle(message, UNWRITABLE, dispatcher);
  }
  const begun = await outbox.beginDispatch(message, draft);
  if (!begun.ok) return await settle(message, UNANSWERED, dispatcher);
  if (begun.value !== 'go') {
    return { result: resultWhenNotSent(begun.value), paused: begun.value === 'paused' };
  }
  // A constraint keeps the database from letting a message without a text go.
  if (!draft.ok) return await settle(message, UNWRITABLE, dispatcher);
  const answer = await provider.send(toOutgoing(message, draft.message));
  return await settle(message, outcomeOfSend(answer), dispatcher);
}

function toOutgoing(message: ClaimedMessage, { phone, body, encoding }: Prepared) {
  return {
    id: message.message_id,
    to: phone,
    body,
    encoding,
    sender: message.sender,
    expiresAt: new Date(message.not_after),
  };
}

async function settle(
  message: ClaimedMessage,
  outcome: Outcome,
  { outbox, wait }: Dispatcher,
): Promise<Dispatched> {
  let settled: DatabaseResult<Enums<'sms_settle_answer'>> = { ok: false, code: 'never_tried' };
  for (const waitMs of SETTLE_WAITS_MS) {
    await wait(waitMs);
    settled = await outbox.settle(message, outcome);
    if (settled.ok) break;
  }
  if (settled.ok) {
    return { result: resultWhenSettled(settled.value), paused: settled.value === 'paused' };
  }
  return {
    result: outcome.p_outcome === 'transient' || outcome.p_outcome === 'unreached'
      ? 'retried'
      : 'unknown',
    paused: false,
  };
}
