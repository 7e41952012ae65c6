import { SetupProblem } from '../../local/setup/setup-problem.ts';

const TIMEOUT_MS = 30_000;

/** Posts; throws a SetupProblem that ends in `advice` when there is no answer in time. */
export async function post(
  url: string,
  init: RequestInit,
  advice: string,
  timeoutMs = TIMEOUT_MS,
): Promise<Response> {
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    return await fetch(url, { ...init, method: 'POST', redirect: 'manual', signal });
  } catch (failure) {
    throw new SetupProblem(`no answer from ${url}: ${advice}`, { cause: failure });
  }
}
