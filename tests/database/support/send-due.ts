import type { TestDatabase } from '../../support/database.ts';
import { beginDispatch, claim, type Draft, settle } from './outbox.ts';

/**
 * Sends due messages as a run does, through a provider that accepts everything.
 *
 * Returns the verdict of `sms_begin_dispatch` for each message.
 */
export async function sendDue(
  database: TestDatabase,
  now: string,
  draft: Draft = {},
): Promise<string[]> {
  const verdicts: string[] = [];
  for (const claimed of await claim(database, now)) {
    const verdict = await beginDispatch(database, claimed, now, draft);
    if (verdict === 'go') await settle(database, claimed, now, { outcome: 'accepted' });
    verdicts.push(verdict);
  }
  return verdicts;
}
