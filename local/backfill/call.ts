import type { SalonAnswer, SyncAnswer } from '../../supabase/functions/calcom-sync/answer.ts';
import { post } from '../post.ts';
import { SetupProblem } from '../setup-problem.ts';
import type { Project } from './project.ts';

/** How far the salon is, or how long to wait before asking again. */
export type Called = { ok: true; answer: SalonAnswer } | { ok: false; waitSeconds: number };

const MAX_ANSWER_CHARACTERS = 500;
const BUSY_SECONDS = 5;
const UNAVAILABLE_SECONDS = 10;

/** A call goes on for its budget, at most five minutes, and then ends its page. */
const PATIENCE_MS = 6 * 60_000;

/** Asks the function to go on with the backfill for as long as one call may take. */
export async function goOn(
  project: Pick<Project, 'functionUrl' | 'key'>,
  salonId: string,
  from: Date,
): Promise<Called> {
  const headers = { 'apikey': project.key, 'content-type': 'application/json' };
  const body = JSON.stringify({ salonId, from: from.toISOString(), wait: true });
  const advice = 'is the project up, and is the address right?';
  const response = await post(project.functionUrl, { headers, body }, advice, PATIENCE_MS);
  if (response.status === 401) {
    throw new SetupProblem('calcom-sync refuses the key: it wants the secret key named cron');
  }
  if (response.status === 404) {
    throw new SetupProblem('there is no function calcom-sync: run npm run deploy first');
  }
  const text = await response.text();
  const answer = parse(text);
  if (response.status === 409) return { ok: false, waitSeconds: BUSY_SECONDS };
  if (answer !== null && 'done' in answer) return { ok: true, answer };
  if (response.status >= 500) return { ok: false, waitSeconds: UNAVAILABLE_SECONDS };
  const shown = text.slice(0, MAX_ANSWER_CHARACTERS);
  throw new SetupProblem(`calcom-sync answered ${response.status} ${shown}`);
}

function parse(text: string): SyncAnswer | null {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
