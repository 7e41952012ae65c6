import { setTimeout as sleep } from 'node:timers/promises';
import { SetupProblem } from '../../local/setup/setup-problem.ts';
import { parseRecord } from '../../shared/json/records.ts';

/** Whom to ask, and as whom. */
export type Connection = { managementUrl: string; token: string };

/** One request; the path begins after `/v1`. */
export type ManagementRequest = {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  path: string;
  body?: unknown;
};

/** A request that the Management API refused, or did not answer. */
export class ManagementProblem extends SetupProblem {
  /** The HTTP status; null without an answer. */
  readonly status: number | null;
  /** What the API says, for the user only. */
  readonly detail: string;

  constructor(message: string, status: number | null, detail: string) {
    super(message);
    this.status = status;
    this.detail = detail;
  }
}

const TIMEOUT_MS = 60_000;
const MAX_ATTEMPTS = 5;
const DEFAULT_WAIT_SECONDS = 5;
/** The API counts requests by the minute. */
const MAX_WAIT_SECONDS = 60;

/**
 * Sends a request and returns the body of the answer: JSON, or null if it is empty. Waits and
 * repeats when there were too many; throws a ManagementProblem that says what to do about any other
 * refusal.
 */
export async function callManagement(
  connection: Connection,
  request: ManagementRequest,
): Promise<unknown> {
  for (let attempt = 1;; attempt++) {
    const { ok, status, headers, text } = await send(connection, request);
    if (ok) return parseAnswer(connection, text);
    if (status !== 429 || attempt === MAX_ATTEMPTS) {
      throw refusal(request, status, messageOf(text));
    }
    await sleep(waitSeconds(headers) * 1000);
  }
}

async function send(
  { managementUrl, token }: Connection,
  { method, path, body }: ManagementRequest,
): Promise<Pick<Response, 'ok' | 'status' | 'headers'> & { text: string }> {
  try {
    const response = await fetch(`${managementUrl}/v1${path}`, {
      method,
      headers: {
        'authorization': `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const { ok, status, headers } = response;
    return { ok, status, headers, text: await response.text() };
  } catch {
    throw noAnswer(managementUrl);
  }
}

/** What is no JSON comes from a proxy, or from the login page of a network. */
function parseAnswer({ managementUrl }: Connection, text: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text);
  } catch {
    throw noAnswer(managementUrl);
  }
}

function noAnswer(managementUrl: string): ManagementProblem {
  return new ManagementProblem(
    `no answer from ${managementUrl}: check the network, and https://status.supabase.com`,
    null,
    '',
  );
}

/** Supabase's headers give seconds. */
function waitSeconds(headers: Headers): number {
  const seconds = Number(headers.get('retry-after') ?? headers.get('x-ratelimit-reset') ?? NaN);
  return seconds >= 0 ? Math.min(seconds, MAX_WAIT_SECONDS) : DEFAULT_WAIT_SECONDS;
}

function messageOf(text: string): string {
  const message = parseRecord(text)?.message;
  return typeof message === 'string' ? message : text.slice(0, 500);
}

function refusal(
  { method, path }: ManagementRequest,
  status: number,
  detail: string,
): ManagementProblem {
  const advice: Record<number, string> = {
    401: 'Supabase refuses the access token: make a new one at ' +
      'https://supabase.com/dashboard/account/tokens and put it into SUPABASE_ACCESS_TOKEN',
    403:
      `the access token may not ${method} ${path}: use one with all scopes, of a member of the ` +
      'organization who is an owner, administrator or developer',
    404:
      `Supabase knows no ${path}, or does not show it to this access token: check --project-ref, ` +
      'and whose token it is',
    429: 'Supabase accepts no more requests for now: run the same command again in a minute',
  };
  const problem = advice[status] ??
    `Supabase answered ${status} to ${method} ${path}: ${detail}; run the same command again`;
  return new ManagementProblem(problem, status, detail);
}
