import { refuse } from '../_shared/refusal.ts';
import type { Outcome, ProviderName } from './outcome.ts';
import type { Reply } from './reply.ts';
import type { Store } from './store.ts';

/** Stores what somebody answered: an opt-out, whether they come, or a text for the salon. */
export async function receiveReply(
  provider: ProviderName,
  reply: Reply,
  store: Store,
): Promise<Outcome> {
  if (reply.kind === 'other') return done(provider, 'other', 0);
  if (reply.kind === 'reply') {
    const received = await store.receiveReply(provider, reply);
    if (!received.ok) return refuse('database_unavailable', { provider, cause: received.code });
    const isNew = received.value === 'answered' || received.value === 'kept';
    return done(provider, 'reply', isNew ? 1 : 0, received.value === 'unknown' ? 1 : 0);
  }
  const stored = reply.kind === 'opt_out'
    ? await store.recordOptOut(reply.phone, provider)
    : await store.withdrawOptOut(reply.phone, provider);
  return stored.ok
    ? done(provider, reply.kind, stored.value)
    : refuse('database_unavailable', { provider, cause: stored.code });
}

function done(
  provider: ProviderName,
  kind: Reply['kind'],
  applied: number,
  unknown = 0,
): Outcome {
  return { ok: true, provider, kind, applied, unknown };
}
