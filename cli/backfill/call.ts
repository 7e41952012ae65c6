import { SetupProblem } from '../../local/setup/setup-problem.ts';
import { parseRecord } from '../../shared/json/records.ts';
import type { SalonAnswer, SyncAnswer } from '../../supabase/functions/calcom-sync/answer.ts';
import { callFunction, unexpectedAnswer } from '../project/call-function.ts';
import type { Project } from '../project/project.ts';

/** How far the salon is, or how long to wait before the next call, and why. */
export type Called =
  | { ok: true; answer: SalonAnswer }
  | { ok: false; waitSeconds: number; cause: string };

const FUNCTION = 'calcom-sync';
const BUSY_SECONDS = 5;
const UNAVAILABLE_SECONDS = 10;

/** A call works for its budget, at most five minutes, and then finishes its page. */
const TIMEOUT_MS = 6 * 60_000;

/** Asks the function to continue the backfill for as long as one call may take. */
export async function continueBackfill(
  project: Pick<Project, 'functionsUrl' | 'key'>,
  salonId: string,
  from: Date,
): Promise<Called> {
  const response = await callFunction(project, {
    name: FUNCTION,
    body: { salonId, from: from.toISOString(), wait: true },
    advice: 'is the project up, and is the address right?',
    timeoutMs: TIMEOUT_MS,
  });
  if (response.status === 401) {
    throw new SetupProblem('calcom-sync refuses the key: is it a secret key of this project?');
  }
  if (response.status === 404) {
    throw new SetupProblem('there is no function calcom-sync: run npm run deploy first');
  }
  const text = await response.text();
  const answer = parseRecord(text) as SyncAnswer | null;
  if (response.status === 409) {
    return { ok: false, waitSeconds: BUSY_SECONDS, cause: 'another run syncs this salon' };
  }
  if (answer !== null && 'done' in answer) return { ok: true, answer };
  if (response.status >= 500) {
    const cause = `calcom-sync answered ${response.status}`;
    return { ok: false, waitSeconds: UNAVAILABLE_SECONDS, cause };
  }
  throw unexpectedAnswer(FUNCTION, response.status, text);
}
