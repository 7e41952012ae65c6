import { setTimeout as sleep } from 'node:timers/promises';
import { SetupProblem } from '../../local/setup/setup-problem.ts';
import { addCounts, type Counts, noCounts } from '../../supabase/functions/calcom-sync/counts.ts';
import type { Project } from '../project/project.ts';
import type { Salon } from '../project/salons.ts';
import { type Called, continueBackfill } from './call.ts';
import { type ProgressBar, readProgress } from './progress.ts';

/** How many calls without progress the command makes before it gives up. */
const MAX_FUTILE_CALLS = 12;
const DEFAULT_WAIT_SECONDS = 10;
const POLL_MS = 500;

/** What to do about an error of Cal.com, by its code. */
const ADVICE: Readonly<Record<string, string>> = {
  key_missing: 'this salon has no key to Cal.com’s API: make one at ' +
    'https://app.cal.com/settings/developer/api-keys and put it into CALCOM_API_KEY, this first time',
  key_refused: 'Cal.com refuses the key: make a new one at ' +
    'https://app.cal.com/settings/developer/api-keys and put it into CALCOM_API_KEY',
  unreadable: 'Cal.com’s answer does not have the documented form: check CALCOM_API_URL',
  page_shape_unknown:
    'Cal.com lists bookings in a form that this version cannot read: update this ' +
    'project, or a Cal.com of your own',
  not_found: 'there is no API at that address: check CALCOM_API_URL',
  refused: 'Cal.com refuses the request: check CALCOM_API_URL',
};

/** What a run waits for, by the code of its error; any other is a code of the database. */
const CAUSES: Readonly<Record<string, string>> = {
  rate_limited: 'Cal.com accepts no more requests with this key for now',
  unavailable: 'Cal.com does not answer',
  lease_lost: 'another run syncs this salon',
};

/** Calls the function until all bookings have been read, and shows the progress. */
export async function runBackfill(
  project: Project,
  salon: Salon,
  from: Date,
  bar: ProgressBar,
): Promise<Counts> {
  const counts = noCounts();
  let futile = 0;
  while (true) {
    const called = await whileShowing(
      bar,
      project,
      salon,
      continueBackfill(project, salon.id, from),
    );
    if (!called.ok) {
      futile += 1;
      if (futile > MAX_FUTILE_CALLS) throw givenUp(called.cause);
      await wait(bar, called.waitSeconds, called.cause);
      continue;
    }
    const { done, error, retryAfterSeconds, counts: more } = called.answer;
    addCounts(counts, more);
    if (done) return counts;
    const advice = ADVICE[error ?? ''];
    if (advice !== undefined) throw new SetupProblem(advice);
    futile = more.seen > 0 ? 0 : futile + 1;
    const cause = CAUSES[error ?? ''] ?? `the database answered ${error}`;
    if (futile > MAX_FUTILE_CALLS) throw givenUp(cause);
    if (error !== null) await wait(bar, retryAfterSeconds ?? DEFAULT_WAIT_SECONDS, cause);
  }
}

function givenUp(why: string): SetupProblem {
  return new SetupProblem(`${why}; run the same command later: it resumes where it left off`);
}

async function wait(bar: ProgressBar, seconds: number, cause: string): Promise<void> {
  bar.say(`${cause}: waiting ${seconds} s`);
  await sleep(seconds * 1000);
}

async function whileShowing(
  bar: ProgressBar,
  project: Project,
  { id }: Salon,
  call: Promise<Called>,
): Promise<Called> {
  bar.say('');
  const over = new AbortController();
  const watching = watch(bar, project, id, over.signal);
  try {
    return await call;
  } finally {
    over.abort();
    await watching;
  }
}

async function watch(
  bar: ProgressBar,
  { database }: Project,
  salonId: string,
  over: AbortSignal,
): Promise<void> {
  do {
    await sleep(POLL_MS, null, { signal: over }).catch(() => {});
    const progress = await readProgress(database, salonId);
    if (progress !== null) bar.show(progress);
  } while (!over.aborted);
}
