import { randomBytes } from 'node:crypto';
import { BOOKING_TRIGGERS } from '../../shared/calcom/calendar-booking.ts';
import type { CalcomWebhook } from '../../shared/calcom/webhooks.ts';
import { type Account, readWebhooks } from './account.ts';
import { valueOf } from './advice.ts';
import { putWebhook } from './put-webhook.ts';
import type { Vault } from './vault.ts';

/** How to register, and what the outside world is for it. */
export type RegisterOptions = {
  /** Whether a secret that is there is replaced. */
  rotate: boolean;
  wait(ms: number): Promise<unknown>;
  say(line: string): void;
};

/** What became of a salon's webhook. */
export type Registration = {
  id: string;
  created: boolean;
  hasNewSecret: boolean;
  /** Triggers that this Cal.com does not know. */
  unknownTriggers: string[];
  /** It kept its own payload template, so that nothing it sends can be read. */
  keptTemplate: boolean;
  /** Other webhooks of the account that send to the same function. */
  others: CalcomWebhook[];
};

const SECRET_BYTES = 32;

/** Longer than a running function may keep to the secrets it knows: see salon-secrets.ts there. */
const SETTLE_MS = 6_000;

/**
 * Makes or completes a salon's webhook in Cal.com. A new secret is accepted here before Cal.com
 * gets it, and the old one until Cal.com says it has it, so that whichever step is the last one to
 * succeed, no delivery is refused; running it again goes on from there.
 */
export async function register(account: Account, options: RegisterOptions): Promise<Registration> {
  const { api, vault, webhookUrl } = account;
  const { own, others } = await readWebhooks(account);
  const { secret, isNew } = await prepareSecret(vault, options);
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
    unknownTriggers,
    keptTemplate: webhook.hasTemplate,
    others: others.filter(({ subscriberUrl }) => isSameFunction(subscriberUrl)),
  };
}

async function prepareSecret(
  vault: Vault,
  { rotate, wait, say }: RegisterOptions,
): Promise<{ secret: string; isNew: boolean }> {
  const current = await vault.webhookSecret();
  if (current !== null && !rotate) return { secret: current, isNew: false };
  const secret = await vault.stage(randomBytes(SECRET_BYTES).toString('base64url'));
  say('A new secret is accepted; Cal.com gets it in a few seconds.');
  await wait(SETTLE_MS);
  return { secret, isNew: true };
}

function isSameFunction(url: string): boolean {
  return URL.canParse(url) && new URL(url).pathname.endsWith('/calcom-webhook');
}
