import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { startLoopbackServer } from './loopback-server.ts';

/** An SMS that a phone would have received. */
export type SentSms = { id: string; idx: string; to: string; from: string | null; message: string };

/** A stand-in for SMSAPI that sends each `idx` once. */
export interface SmsapiServer {
  /** SMSAPI_BASE_URL */
  url: string;
  /** The posted forms, in order, refused ones included. */
  received: readonly URLSearchParams[];
  /** The messages that were sent, in order. */
  messages: readonly SentSms[];
  /** Delays each response; the message is sent before. */
  delay(ms: number): void;
  /** Answers the next requests with these errors and sends nothing. */
  fail(...errors: number[]): void;
  /** Forgets what was posted and sent. */
  forget(): void;
  stop(): Promise<void>;
}

const GSM_7_PATTERN = /^[\x20-\x5f\x61-\x7e\n€£§àèéùìòÄÖÑÜäöñüß]*$/;

/** Starts it; `token` is the only one it accepts. */
export async function startSmsapiServer(token = 'smsapi-token'): Promise<SmsapiServer> {
  const received: URLSearchParams[] = [];
  const messages: SentSms[] = [];
  const failures: number[] = [];
  let delayMs = 0;

  function answer(form: URLSearchParams, authorization: string | undefined): object {
    const error = failures.shift() ?? errorIn(form, authorization);
    if (error !== null) return { error, message: 'Refused' };
    const sms = toSms(form, messages.length + 1);
    messages.push(sms);
    const { id, to, idx } = sms;
    return { count: 1, list: [{ id, number: to, status: 'QUEUE', error: null, idx, parts: 1 }] };
  }

  function errorIn(form: URLSearchParams, authorization: string | undefined): number | null {
    const message = form.get('message') ?? '';
    const idx = form.get('idx') ?? '';
    if (authorization !== `Bearer ${token}`) return 101;
    if (message === '' || (form.get('nounicode') === '1' && !GSM_7_PATTERN.test(message))) {
      return 11;
    }
    if (!/^\d{11,15}$/.test(form.get('to') ?? '')) return 13;
    if (idx.length > 255) return 27;
    const isKnown = idx !== '' && messages.some((sent) => sent.idx === idx);
    return form.get('check_idx') === '1' && isKnown ? 53 : null;
  }

  const server = await startLoopbackServer(async (request, response) => {
    const form = new URLSearchParams(await text(request));
    if (request.method !== 'POST' || request.url !== '/sms.do') {
      response.writeHead(404).end();
      return;
    }
    received.push(form);
    // Decided before the delay, during which another request may arrive.
    const body = JSON.stringify(answer(form, request.headers.authorization));
    await sleep(delayMs);
    response.writeHead(200, { 'content-type': 'application/json' }).end(body);
  });
  return {
    ...server,
    received,
    messages,
    delay: (ms) => {
      delayMs = ms;
    },
    fail: (...errors) => {
      failures.push(...errors);
    },
    forget: () => {
      received.length = 0;
      messages.length = 0;
    },
  };
}

function toSms(form: URLSearchParams, number: number): SentSms {
  return {
    // Nineteen digits, like SMSAPI's: more than JavaScript's numbers can hold.
    id: `7074294081${String(number).padStart(9, '0')}`,
    idx: form.get('idx') ?? '',
    to: form.get('to') ?? '',
    from: form.get('from'),
    message: form.get('message') ?? '',
  };
}
