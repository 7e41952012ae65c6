import { CALCOM_API_URL } from '../../../shared/calcom/api.ts';
import type { Environment } from '../_shared/supabase-project.ts';
import { createVariables } from '../_shared/variables.ts';

/** Where Cal.com's API is, and how fast it is asked. */
export type Settings = {
  apiUrl: string;
  /** How long Cal.com may take for a page. */
  requestTimeoutMs: number;
  runBudgetMs: number;
  runLimit: number;
  concurrency: number;
};

/** What the function needs from its environment, or the variable that is unusable. */
export type Configuration = { ok: true; settings: Settings } | { ok: false; variable: string };

/** Reads the environment. */
export function readConfiguration(env: Environment): Configuration {
  const variables = createVariables(env);
  const settings: Settings = {
    apiUrl: variables.url('CALCOM_API_URL', CALCOM_API_URL),
    requestTimeoutMs: variables.whole('CALCOM_REQUEST_TIMEOUT_MS', 15_000, 60_000),
    runBudgetMs: variables.whole('CALCOM_SYNC_BUDGET_MS', 60_000, 300_000),
    runLimit: variables.whole('CALCOM_SYNC_RUN_LIMIT', 1000, 100_000),
    concurrency: variables.whole('CALCOM_SYNC_CONCURRENCY', 4, 25),
  };
  const variable = variables.wrong();
  return variable === null ? { ok: true, settings } : { ok: false, variable };
}
