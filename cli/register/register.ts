import { randomBytes } from 'node:crypto';
import { BOOKING_TRIGGERS } from '../../shared/calcom/calendar-booking.ts';
import type { CalcomWebhook } from './webhooks.ts';
import type { Vault } from '../project/vault.ts';
import { type Account, readWebhooks } from './account.ts';
import { valueOf } from './advice.ts';
import { putWebhook } from './put-webhook.ts';

/** How to register. */
export type RegisterOptions = {
  /** Whether an existing secret is replaced. */
  rotate: boolean;
  wait(ms: number): Promise<unknown>;
  say(line: string): void;
};

/** What became of a salon's webhook. */
export type Registration = {
  id: string;
  created: boolean;
  hasNewSecret: boolean;
  /** An old secret is accepted for another 24 hours. */
  keepsOldSecret: boolean;
  /** Triggers that this version of Cal.com does not know. */
  unknownTriggers: string[];
  /** It kept its custom payload template, so none of its deliveries can be read. */
  keptTemplate: boolean;
  /** Other webhooks of the account that send to the same function. */
  others: CalcomWebhook[];
};

const SECRET_BYTES = 32;

/** Longer than a running function caches a salon's secrets: see salon-secrets.ts. */
const SETTLE_MS = 6_000;

/**
 * Creates a salon's webhook in Cal.com, or completes it.
 *
 * The function accepts a new secret before Cal.com gets it, and the old one until Cal.com confirms
 * the new one. So no delivery is refused, whichever step fails, and running it again resumes there.
 */
export async function register(account: Account, options: RegisterOptions): Promise<Registration> {
  const { api, vault, webhookUrl } = account;
  const { own, others } = await readWebhooks(account);
  const { secret, isNew, replaces } = await prepareSecret(vault, options);
  const { webhook, unknownTriggers } = valueOf(
    await putWebhook(api, own?.id ?? null, BOOKING_TRIGGERS, {
      subscriberUrl: webhookUrl,
      active: true,
      secret,
      ...(own?.hasTemplate ? { payloadTemplate: null } : {}),
    }),
  );
  await vault.confirm();
  return {
    id: webhook.id,
    created: own === null,
    hasNewSecret: isNew,
    keepsOldSecret: replaces,
    unknownTriggers,
    keptTemplate: webhook.hasTemplate,
    others: others.filter(({ subscriberUrl }) => isSameFunction(subscriberUrl)),
  };
}

async function prepareSecret(
  vault: Vault,
  { rotate, wait, say }: RegisterOptions,
): Promise<{ secret: string; isNew: boolean; replaces: boolean }> {
  const current = await vault.webhookSecret();
  if (current !== null && !rotate) return { secret: current, isNew: false, replaces: false };
  const secret = await vault.stage(randomBytes(SECRET_BYTES).toString('base64url'));
  say('A new secret is accepted; Cal.com gets it in a few seconds.');
  await wait(SETTLE_MS);
  return { secret, isNew: true, replaces: current !== null };
}

function isSameFunction(url: string): boolean {
  return URL.canParse(url) && new URL(url).pathname.endsWith('/calcom-webhook');
}
