import { ownMember } from '../json/records.ts';

/** Why a request got no answer: it was never sent, or its outcome is unknown. */
export type NetworkFault =
  | { kind: 'transient'; code: 'connection_refused'; retryAfterSeconds: null }
  | { kind: 'ambiguous'; code: 'timeout' | 'connection_lost' };

/** Deno's text for a failed name look-up, TCP connection or TLS handshake. */
const DENO_CONNECT_PHASE = 'client error (Connect)';

/** Node's codes for the first two of these. */
const NODE_CONNECT_PHASE: readonly unknown[] = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'];

/**
 * Classifies what `fetch` threw. Only a connection that was never established proves that nothing
 * was sent; anything unrecognised is ambiguous.
 *
 * Deno 2.1 puts the text into the message, Deno 2.9 into the cause; Node has a code in the cause.
 * The text contains the address with its query, so it is never passed on.
 */
export function readNetworkFault(fault: unknown): NetworkFault {
  if (!(fault instanceof Error)) return { kind: 'ambiguous', code: 'connection_lost' };
  if (fault.name === 'TimeoutError') return { kind: 'ambiguous', code: 'timeout' };

  const texts = [fault.message, ownMember(fault.cause, 'message')];
  const neverConnected = texts.some((text) => String(text).includes(DENO_CONNECT_PHASE)) ||
    NODE_CONNECT_PHASE.includes(ownMember(fault.cause, 'code'));
  return neverConnected
    ? { kind: 'transient', code: 'connection_refused', retryAfterSeconds: null }
    : { kind: 'ambiguous', code: 'connection_lost' };
}
