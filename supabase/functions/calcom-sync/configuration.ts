import { CALCOM_API_URL } from '../../../shared/calcom/api.ts';
import type { RunLimits } from '../_shared/scheduled-function.ts';
import { type Configured, createVariables, type Environment } from '../_shared/variables.ts';

/** The address of Cal.com's API, and the limits of a run. */
export type Settings = RunLimits & {
  apiUrl: string;
  /** How long Cal.com may take for a page. */
  requestTimeoutMs: number;
};

/** Reads the environment. */
export function readConfiguration(env: Environment): Configured<Settings> {
  const variables = createVariables(env);
  return variables.judge({
    apiUrl: variables.url('CALCOM_API_URL', CALCOM_API_URL),
    requestTimeoutMs: variables.whole('CALCOM_REQUEST_TIMEOUT_MS', 15_000, 60_000),
    runBudgetMs: variables.whole('CALCOM_SYNC_BUDGET_MS', 60_000, 300_000),
    runLimit: variables.whole('CALCOM_SYNC_RUN_LIMIT', 1000, 100_000),
    concurrency: variables.whole('CALCOM_SYNC_CONCURRENCY', 4, 25),
  });
}
