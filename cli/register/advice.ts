import { SetupProblem } from '../../local/setup/setup-problem.ts';
import type { CalcomErrorCode } from '../../shared/calcom/api.ts';
import type { CalcomResult } from './webhooks.ts';

type Advice = Readonly<Record<CalcomErrorCode, string>>;

const ADVICE: Advice = {
  key_refused: 'Cal.com refuses the API key: it is wrong, expired, or may not do this. Put a new ' +
    'one into CALCOM_API_KEY',
  not_found: 'Cal.com has no such webhook: it may have just been deleted. Run this again',
  rate_limited: 'Cal.com accepts no more requests with this key for now: run this again',
  refused:
    'Cal.com refuses the webhook: its address must be HTTPS and reachable from the internet ' +
    '(for the local stack pass --functions-url with the address of a tunnel)',
  unavailable:
    'Cal.com did not answer, or failed: run this again. Until then both the old and the new ' +
    'secret are accepted, unless you revoked the old one. A Cal.com of your own needs CALCOM_API_URL',
  unreadable: 'The answer is not that of Cal.com API v2: is CALCOM_API_URL right? It ends in /v2',
};

const NO_API =
  'There is no API v2 of Cal.com at that address: is CALCOM_API_URL right? It ends in /v2';

/** What to do when a key cannot be checked: nothing of it was kept. */
export const KEY_ADVICE: Advice = {
  ...ADVICE,
  not_found: NO_API,
  refused: NO_API,
  unavailable: 'Cal.com did not answer, or failed: run this again. A Cal.com of your own needs ' +
    'CALCOM_API_URL',
};

/** The value of a result; throws a SetupProblem with the next step when Cal.com refused. */
export function valueOf<Value>(result: CalcomResult<Value>, advice = ADVICE): Value {
  if (result.ok) return result.value;
  const { code, retryAfterSeconds } = result;
  const when = retryAfterSeconds === null ? '' : ` in ${retryAfterSeconds} seconds`;
  throw new SetupProblem(advice[code] + when);
}
