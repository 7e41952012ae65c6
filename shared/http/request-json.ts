import { type NetworkFault, readNetworkFault } from './network-fault.ts';
import { readRetryAfter } from './retry-after.ts';

/** The answer of a service; `body` is undefined if it is not JSON, too long or incomplete. */
export type HttpAnswer = {
  kind: 'answer';
  status: number;
  retryAfterSeconds: number | null;
  body: unknown;
};

/** A request, and how long it may take up to the last byte of the answer. */
export type HttpRequest = {
  fetch: typeof globalThis.fetch;
  url: string;
  init: RequestInit;
  timeoutMs: number;
  maxAnswerBytes: number;
};

/** Sends a request once. Never throws; follows no redirects, which could leak the token. */
export async function requestJson(request: HttpRequest): Promise<HttpAnswer | NetworkFault> {
  const { fetch, url, init, timeoutMs, maxAnswerBytes } = request;
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const response = await fetch(url, { ...init, redirect: 'manual', signal });
    return {
      kind: 'answer',
      status: response.status,
      retryAfterSeconds: readRetryAfter(response.headers.get('retry-after')),
      body: await readJson(response, maxAnswerBytes),
    };
  } catch (fault) {
    return readNetworkFault(fault);
  }
}

/** An incomplete or endless body is not a fault of the request: the status still counts. */
async function readJson(response: Response, maxBytes: number): Promise<unknown> {
  try {
    return JSON.parse(await readText(response, maxBytes));
  } catch {
    return undefined;
  }
}

async function readText(response: Response, maxBytes: number): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.byteLength;
    if (length > maxBytes) throw new RangeError('The answer is too long');
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
