import { ownMember } from '../json/records.ts';

/** Why a request got no answer: it was never sent, or nobody knows what became of it. */
export type NetworkFault =
  | { kind: 'transient'; code: 'connection_refused'; retryAfterSeconds: null }
  | { kind: 'ambiguous'; code: 'timeout' | 'connection_lost' };

/** How Deno words a failed look-up of the name, TCP connection or TLS handshake. */
const DENO_CONNECT_PHASE = 'client error (Connect)';

/** What Node calls the first two of these. */
const NODE_CONNECT_PHASE: readonly unknown[] = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'];

/**
 * Reads what `fetch` threw. Only a connection that never came about is proof that nothing was
 * sent; whatever is not recognised may have been.
 *
 * Deno 2.1 puts the text into the message, Deno 2.9 into the cause; Node has a code in the cause.
 * The text holds the address with all it asks for, so none of it is handed on.
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
