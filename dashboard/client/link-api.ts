import type {
  ClientErrorCode,
  ClientResult,
  ClientView,
} from '../../shared/client-link/answers.ts';
import type { Problem } from './texts.ts';

/** What came of a request. `too_late`: the notice period has begun meanwhile. */
export type Answer<Value> = { ok: true; value: Value } | {
  ok: false;
  problem: Problem | 'too_late';
};

/** What the client answers about an appointment at the start that the page shows. */
export type ClientAnswer = {
  action: 'coming' | 'cancel' | 'move';
  eventId: string;
  start: string;
};

/** The function behind the page, for one link. Nothing here throws. */
export type LinkApi = {
  show(): Promise<Answer<ClientView>>;
  respond(answer: ClientAnswer): Promise<Answer<ClientResult>>;
};

/** Longer than the function waits for Cal.com. */
const TIMEOUT_MS = 40_000;

const PROBLEMS: Partial<Record<ClientErrorCode, Problem | 'too_late'>> = {
  not_found: 'gone',
  invalid_request: 'gone',
  moved: 'moved',
  too_late: 'too_late',
  rate_limited: 'too_many',
};

/** Connects to the function of a project. */
export function createLinkApi(supabaseUrl: string, token: string): LinkApi {
  async function post<Value>(body: object): Promise<Answer<Value>> {
    try {
      const response = await fetch(new URL('/functions/v1/client-link', supabaseUrl), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ token, ...body }),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const answer = await response.json();
      if (answer.ok === true) return { ok: true, value: answer };
      return { ok: false, problem: PROBLEMS[answer.code as ClientErrorCode] ?? 'failed' };
    } catch {
      return { ok: false, problem: 'failed' };
    }
  }
  return {
    show: () => post({ action: 'show' }),
    respond: (answer) => post(answer),
  };
}
