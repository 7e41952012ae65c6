import { setTimeout as sleep } from 'node:timers/promises';
import { SetupProblem } from '../setup-problem.ts';
import type { Counts } from './counts.ts';
import { rowsOf, type StackDatabase } from './database.ts';

/** A run that has ended. */
export type EndedRun = {
  startedAt: string;
  counts: Counts;
  /** Code of what ended it early. */
  error: string | null;
};

/** A run goes on for a minute, and ends the batch it has begun. */
const PATIENCE_MS = 120_000;
const POLL_MS = 100;

/** Waits until a run has ended; throws a SetupProblem when it does not. */
export async function awaitRun(runId: string, database: StackDatabase): Promise<EndedRun> {
  const deadline = performance.now() + PATIENCE_MS;
  while (performance.now() < deadline) {
    const { started_at, finished_at, counts, error } = await rowsOf(
      database.from('sms_runs').select('started_at, finished_at, counts, error').eq('id', runId)
        .single(),
    );
    // The function wrote the counts; their column is any JSON.
    if (finished_at !== null) return { startedAt: started_at, counts: counts as Counts, error };
    await sleep(POLL_MS);
  }
  throw new SetupProblem(`the run ${runId} does not end: see the log where npm start runs`);
}
