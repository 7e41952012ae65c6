import type { CalcomApi, CalcomErrorCode } from '../../shared/calcom/api.ts';
import { ownMember } from '../../shared/json/records.ts';

/** A webhook in Cal.com. Its secret is left out: nothing here needs it. */
export type CalcomWebhook = {
  id: string;
  subscriberUrl: string;
  active: boolean;
  triggers: string[];
  hasTemplate: boolean;
};

/** Changes to a webhook; what is left out stays as it is. */
export type WebhookChange = {
  subscriberUrl?: string;
  triggers?: readonly string[];
  active?: boolean;
  secret?: string;
  /** Null restores Cal.com's default body, the only one that `calcom-webhook` can read. */
  payloadTemplate?: null;
};

/** A result, or why Cal.com did not give it. */
export type CalcomResult<Value> =
  | { ok: true; value: Value }
  | { ok: false; code: CalcomErrorCode; retryAfterSeconds: number | null };

const UNREADABLE = { ok: false, code: 'unreadable', retryAfterSeconds: null } as const;

/** The largest page that Cal.com returns. */
const PAGE_SIZE = 250;
const MAX_PAGES = 20;

/** The username of the account that the API key belongs to. */
export async function readUsername(api: CalcomApi): Promise<CalcomResult<string>> {
  const answer = await api.call({ method: 'GET', path: '/me' });
  if (!answer.ok) return answer;
  const username = ownMember(answer.data, 'username');
  return typeof username === 'string' ? { ok: true, value: username } : UNREADABLE;
}

/** All webhooks of the account. */
export async function listWebhooks(api: CalcomApi): Promise<CalcomResult<CalcomWebhook[]>> {
  const webhooks: CalcomWebhook[] = [];
  for (let page = 0; page < MAX_PAGES; page++) {
    const query = { take: String(PAGE_SIZE), skip: String(page * PAGE_SIZE) };
    const answer = await api.call({ method: 'GET', path: '/webhooks', query });
    if (!answer.ok) return answer;
    if (!Array.isArray(answer.data)) return UNREADABLE;
    for (const row of answer.data) {
      const webhook = readWebhook(row);
      if (webhook === null) return UNREADABLE;
      webhooks.push(webhook);
    }
    if (answer.data.length < PAGE_SIZE) break;
  }
  return { ok: true, value: webhooks };
}

/** Creates a webhook, or changes the one with this id. */
export async function writeWebhook(
  api: CalcomApi,
  id: string | null,
  change: WebhookChange,
): Promise<CalcomResult<CalcomWebhook>> {
  const answer = await api.call({
    ...(id === null
      ? { method: 'POST', path: '/webhooks' }
      : { method: 'PATCH', path: pathOf(id) }),
    body: change,
  });
  if (!answer.ok) return answer;
  const webhook = readWebhook(answer.data);
  return webhook === null ? UNREADABLE : { ok: true, value: webhook };
}

/** Deletes a webhook; one that is gone already counts as deleted. */
export async function deleteWebhook(api: CalcomApi, id: string): Promise<CalcomResult<null>> {
  const answer = await api.call({ method: 'DELETE', path: pathOf(id) });
  return answer.ok || answer.code === 'not_found' ? { ok: true, value: null } : answer;
}

function pathOf(id: string): string {
  return `/webhooks/${encodeURIComponent(id)}`;
}

function readWebhook(row: unknown): CalcomWebhook | null {
  const id = ownMember(row, 'id');
  const subscriberUrl = ownMember(row, 'subscriberUrl');
  const triggers = ownMember(row, 'triggers');
  const isId = typeof id === 'string' || typeof id === 'number';
  if (!isId || typeof subscriberUrl !== 'string' || !Array.isArray(triggers)) return null;
  return {
    id: String(id),
    subscriberUrl,
    active: ownMember(row, 'active') !== false,
    triggers: triggers.filter((trigger) => typeof trigger === 'string'),
    hasTemplate: Boolean(ownMember(row, 'payloadTemplate')),
  };
}
