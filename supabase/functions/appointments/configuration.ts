import { CALCOM_API_URL } from '../../../shared/calcom/api.ts';
import type { ActionSettings } from '../_shared/calcom/booking-actions.ts';
import { CALCOM_APP_URL } from '../_shared/calcom/pages.ts';
import { type Configured, createVariables, type Environment } from '../_shared/variables.ts';

/** The addresses of Cal.com, and how long it may take. */
export type Settings = Omit<ActionSettings, 'fetch'> & { appUrl: string };

/** Cal.com reads from a replica: by default it is looked at once, after one, and after three seconds more. */
const looksWithin = (timeoutMs: number) => [0, timeoutMs / 15, timeoutMs / 5];

/** Reads the environment. */
export function readConfiguration(env: Environment): Configured<Settings> {
  const variables = createVariables(env);
  const requestTimeoutMs = variables.whole('CALCOM_REQUEST_TIMEOUT_MS', 15_000, 60_000);
  return variables.judge({
    apiUrl: variables.url('CALCOM_API_URL', CALCOM_API_URL),
    appUrl: variables.url('CALCOM_APP_URL', CALCOM_APP_URL),
    requestTimeoutMs,
    lookAfterMs: looksWithin(requestTimeoutMs),
  });
}
