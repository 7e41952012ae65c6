import { setTimeout as sleep } from 'node:timers/promises';
import { SetupProblem } from '../../local/setup/setup-problem.ts';
import { type DataApi, rowsOf } from '../project/data-api.ts';
import type { Counts } from './counts.ts';

/** A run that has ended. */
export type EndedRun = {
  startedAt: string;
  counts: Counts;
  /** Code of what ended it early. */
  error: string | null;
};

/** A run works for a minute, and then finishes its batch. */
const TIMEOUT_MS = 120_000;
const POLL_MS = 100;

/** Waits until a run has ended; throws a SetupProblem when it does not. */
export async function awaitRun(runId: string, database: DataApi): Promise<EndedRun> {
  const deadline = performance.now() + TIMEOUT_MS;
  while (performance.now() < deadline) {
    const { started_at, finished_at, counts, error } = await rowsOf(
      database.from('sms_runs').select('started_at, finished_at, counts, error').eq('id', runId)
        .single(),
    );
    // The function wrote the counts; their column is any JSON.
    if (finished_at !== null) return { startedAt: started_at, counts: counts as Counts, error };
    await sleep(POLL_MS);
  }
  throw new SetupProblem(`the run ${runId} has not ended: see the log of npm start`);
}
