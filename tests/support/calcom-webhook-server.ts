import { text } from 'node:stream/consumers';
import { signBody } from '../../shared/calcom/signature.ts';
import { BOOKING_TRIGGERS } from '../../shared/calcom/calendar-booking.ts';
import { startLoopbackServer } from './loopback-server.ts';

/** A request of the API v2 as a route gets it. */
export type CalcomRequest = {
  /** What the path's groups matched. */
  params: string[];
  query: URLSearchParams;
  body: Record<string, unknown>;
};

/** One endpoint of the API v2 below its base URL. */
export type CalcomRoute = {
  method: string;
  path: RegExp;
  answer(request: CalcomRequest): { status: number; data: unknown };
};

/** A webhook of the stand-in, its secret included. */
export type StoredWebhook = {
  id: string;
  subscriberUrl: string;
  active: boolean;
  triggers: string[];
  secret: string | null;
  payloadTemplate: string | null;
};

/** A fault: an error status, or a connection that breaks after the request was executed. */
export type CalcomFault = number | 'lost_answer';

/** A stand-in for the webhooks of one account of Cal.com. */
export interface CalcomWebhookServer {
  /** CALCOM_API_URL */
  url: string;
  apiKey: string;
  webhooks: readonly StoredWebhook[];
  /** `METHOD /path` of every request, in order. */
  asked: readonly string[];
  /** Adds a webhook as if it was created by hand. */
  add(webhook: Partial<StoredWebhook> & { subscriberUrl: string }): void;
  /** Fails the next request of this method. */
  failNext(method: string, fault: CalcomFault): void;
  /** Sends a delivery from the first webhook, signed as Cal.com does. */
  send(body: object): Promise<Response>;
  stop(): Promise<void>;
}

/** Starts it for this user; `triggers` are those that its version knows. */
export async function startCalcomWebhookServer(
  username: string,
  { triggers = BOOKING_TRIGGERS as readonly string[] } = {},
): Promise<CalcomWebhookServer> {
  const apiKey = 'cal_test_key';
  const webhooks: StoredWebhook[] = [];
  const asked: string[] = [];
  const faults = new Map<string, CalcomFault>();
  const routes = [
    { method: 'GET', path: /^\/me$/, answer: () => ({ status: 200, data: { username } }) },
    ...webhookRoutes(webhooks, triggers),
  ];

  const server = await startLoopbackServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://calcom');
    const { method = '' } = request;
    asked.push(`${method} ${pathname}`);
    const written = await text(request);
    const reply = (status: number, data: unknown) => {
      const body = status < 400 ? { status: 'success', data } : { status: 'error', error: data };
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    if (request.headers.authorization !== `Bearer ${apiKey}`) return reply(401, 'Unauthorized');
    const fault = faults.get(method);
    faults.delete(method);
    if (typeof fault === 'number') return reply(fault, 'Failed');
    for (const route of routes) {
      const params = route.path.exec(pathname);
      if (route.method !== method || params === null) continue;
      const body = written === '' ? {} : JSON.parse(written);
      const { status, data } = route.answer({
        params: params.slice(1),
        query: searchParams,
        body,
      });
      return fault === 'lost_answer' ? request.socket.resetAndDestroy() : reply(status, data);
    }
    reply(404, 'Not found');
  });

  return {
    ...server,
    apiKey,
    webhooks,
    asked,
    add: (webhook) => void webhooks.push({ ...BLANK, id: `${webhooks.length + 1}`, ...webhook }),
    failNext: (method, fault) => void faults.set(method, fault),
    send: async (delivery) => {
      const [webhook] = webhooks;
      const body = JSON.stringify(delivery);
      const signature = webhook?.secret
        ? await signBody(new TextEncoder().encode(body), webhook.secret)
        : 'no-secret-provided';
      const headers = { 'x-cal-signature-256': signature };
      return await fetch(webhook?.subscriberUrl ?? '', { method: 'POST', body, headers });
    },
  };
}

const BLANK = { active: true, triggers: [], secret: null, payloadTemplate: null };

/** `/v2/webhooks` over these rows; triggers other than the known ones are refused. */
export function webhookRoutes(rows: StoredWebhook[], known: readonly string[]): CalcomRoute[] {
  let made = 0;
  const isRefused = (body: Record<string, unknown>): boolean =>
    'triggers' in body &&
    (body['triggers'] as string[]).some((trigger) => !known.includes(trigger));
  const withRow = (id: string | undefined, use: (row: StoredWebhook, at: number) => unknown) => {
    const at = rows.findIndex((row) => row.id === id);
    const row = rows[at];
    return row === undefined
      ? { status: 404, data: 'Webhook not found' }
      : { status: 200, data: use(row, at) };
  };
  return [
    {
      method: 'GET',
      path: /^\/webhooks$/,
      answer: ({ query }) => {
        const skip = Number(query.get('skip') ?? 0);
        return { status: 200, data: rows.slice(skip, skip + Number(query.get('take') ?? 250)) };
      },
    },
    {
      method: 'POST',
      path: /^\/webhooks$/,
      answer: ({ body }) => {
        if (isRefused(body)) return { status: 400, data: 'triggers must be one of …' };
        if (rows.some(({ subscriberUrl }) => subscriberUrl === body['subscriberUrl'])) {
          return { status: 409, data: 'Webhook with this subscriberUrl already exists' };
        }
        made += 1;
        const id = `f0000000-0000-4000-8000-${String(made).padStart(12, '0')}`;
        const row = { ...BLANK, id, subscriberUrl: '', ...body };
        rows.push(row);
        return { status: 201, data: row };
      },
    },
    {
      method: 'PATCH',
      path: /^\/webhooks\/([^/]+)$/,
      answer: ({ params: [id], body }) =>
        isRefused(body)
          ? { status: 400, data: 'triggers must be one of …' }
          : withRow(id, (row) => Object.assign(row, body)),
    },
    {
      method: 'DELETE',
      path: /^\/webhooks\/([^/]+)$/,
      answer: ({ params: [id] }) => withRow(id, (_, at) => rows.splice(at, 1)[0]),
    },
  ];
}
