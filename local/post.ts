import { SetupProblem } from './setup-problem.ts';

/** Nobody should wait here for ever. */
const PATIENCE_MS = 30_000;

/** Posts; without an answer in time it throws a SetupProblem that ends in `advice`. */
export async function post(
  url: string,
  init: RequestInit,
  advice: string,
  patienceMs = PATIENCE_MS,
): Promise<Response> {
  try {
    const signal = AbortSignal.timeout(patienceMs);
    return await fetch(url, { ...init, method: 'POST', redirect: 'manual', signal });
  } catch (failure) {
    throw new SetupProblem(`no answer from ${url}: ${advice}`, { cause: failure });
  }
}
