import { BOOKING_TRIGGERS } from '../../shared/calcom/calendar-booking.ts';
import type { CalcomWebhook } from './webhooks.ts';
import { type Account, readWebhooks } from './account.ts';
import type { Registration } from './register.ts';

/** The result of a registration, and what is left to do. */
export function describeRegistration(result: Registration): string {
  const { id, created, hasNewSecret, keepsOldSecret, unknownTriggers, keptTemplate, others } =
    result;
  const known = BOOKING_TRIGGERS.length - unknownTriggers.length;
  return [
    `${created ? 'Created' : 'Updated'} webhook ${id}: active, ${known} triggers, ` +
    `${hasNewSecret ? 'a new secret' : 'the secret as before'}.`,
    keepsOldSecret ? 'The old secret is accepted for another 24 hours.' : [],
    unknownTriggers.length === 0
      ? []
      : `This version of Cal.com does not know ${
        unknownTriggers.join(', ')
      }: update it to get those.`,
    keptTemplate
      ? 'It has a custom payload template, so its deliveries cannot be read: remove the template in ' +
        'Cal.com, under Settings, Developer, Webhooks.'
      : [],
    ...others.map(({ subscriberUrl }) =>
      `The account also sends to ${subscriberUrl}: delete that webhook in Cal.com once deliveries ` +
      'arrive through this one.'
    ),
  ].flat().join('\n');
}

/** The result of a removal. */
export function describeRemoval(wasThere: boolean): string {
  return wasThere
    ? 'Deleted. Its secret is accepted for another 24 hours, for deliveries in transit.'
    : 'There was no webhook to this address. Its secrets expire within 24 hours.';
}

/** The webhooks of an account, one a line; the salon's own is marked. */
export async function describeWebhooks(account: Account): Promise<string> {
  const { own, others } = await readWebhooks(account);
  const lines = [
    own === null ? '  no webhook of its own yet' : describeWebhook(own, 'own'),
    ...others.map((webhook) => describeWebhook(webhook, 'other')),
  ];
  return lines.join('\n');
}

function describeWebhook(webhook: CalcomWebhook, kind: 'own' | 'other'): string {
  const { id, subscriberUrl, active, triggers } = webhook;
  const missing = BOOKING_TRIGGERS.filter((trigger) => !triggers.includes(trigger));
  const lacks = kind === 'own' && missing.length > 0 ? `, without ${missing.join(', ')}` : '';
  const state = `${active ? 'active' : 'switched off'}, ${triggers.length} triggers${lacks}`;
  return `  ${kind.padEnd(5)}  ${id}  ${subscriberUrl}  ${state}`;
}
