import type { TestDatabase } from '../../support/database.ts';
import { begin, claim, type Draft, settle } from './outbox.ts';

/**
 * Sends what is due at a moment through a gateway that takes everything, as a run does.
 *
 * Returns what `sms_begin_dispatch` answered, a verdict a message.
 */
export async function sendDue(
  database: TestDatabase,
  now: string,
  draft: Draft = {},
): Promise<string[]> {
  const verdicts: string[] = [];
  for (const claimed of await claim(database, now)) {
    const verdict = await begin(database, claimed, now, draft);
    if (verdict === 'go') await settle(database, claimed, now, { outcome: 'accepted' });
    verdicts.push(verdict);
  }
  return verdicts;
}
