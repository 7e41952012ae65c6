import { vi } from 'vitest';
import { connect, type DataApi } from '../../../cli/project/data-api.ts';
import { openAccount } from '../../../cli/register/account.ts';
import { register, type Registration } from '../../../cli/register/register.ts';
import { remove } from '../../../cli/register/remove.ts';
import { findSalon } from '../../../cli/project/salons.ts';
import { createVault, type Vault } from '../../../cli/project/vault.ts';
import { createSalon } from '../../database/support/salons.ts';
import {
  type CalcomWebhookServer,
  startCalcomWebhookServer,
} from '../../support/calcom-webhook-server.ts';
import type { Webhook } from './calcom-webhook.ts';

/** How to run a registration. `meanwhile`: runs before Cal.com gets the secret. */
type Run = { rotate?: boolean; meanwhile?: () => Promise<void> };

/** A salon, its account at Cal.com, and the function that its webhook calls. */
export type Registering = {
  webhook: Webhook;
  calcom: CalcomWebhookServer;
  project: { database: DataApi; functionsUrl: string };
  vault: Vault;
  salonId: string;
  /** Replaces this Cal.com with one that knows only these triggers. */
  replaceCalcom(triggers: string[]): Promise<void>;
  /** Registers without waiting. */
  run(how?: Run): Promise<Registration>;
  remove(): Promise<boolean>;
  /** The valid secrets of the salon. */
  secrets(): Promise<string[]>;
  /** Whether the previous secret is valid until the new one is confirmed. */
  isPending(): Promise<boolean>;
  /** Has Cal.com send a new booking. */
  book(): ReturnType<CalcomWebhookServer['send']>;
  /** Ends the account; the function runs on. */
  stop(): Promise<void>;
};

/**
 * Creates the salon, the only one of its database, and the account, and sets the variables that the
 * command reads.
 */
export async function startRegistering(webhook: Webhook): Promise<Registering> {
  await webhook.database.query('delete from public.salons');
  await webhook.database.query('delete from public.webhook_logs');
  let calcom = await startCalcomWebhookServer('Psi-Styl');
  const { id: salonId } = await createSalon(webhook.database);
  const database = connect(webhook.api.url, webhook.api.secretKey);
  const project = { database, functionsUrl: `${webhook.api.url}/functions/v1` };
  const vault = createVault(database, salonId);
  vi.stubEnv('CALCOM_API_URL', calcom.url);
  vi.stubEnv('CALCOM_API_KEY', calcom.apiKey);
  let bookings = 0;

  const account = async () =>
    await openAccount(await findSalon('psi-STYL', project.database), project.functionsUrl, vault);
  return {
    webhook,
    get calcom() {
      return calcom;
    },
    project,
    vault,
    salonId,
    replaceCalcom: async (triggers) => {
      await calcom.stop();
      calcom = await startCalcomWebhookServer('psi-styl', { triggers });
      vi.stubEnv('CALCOM_API_URL', calcom.url);
    },
    run: async ({ rotate = false, meanwhile = async () => {} } = {}) =>
      await register(await account(), { rotate, wait: meanwhile, say: () => {} }),
    remove: async () => await remove(await account()),
    secrets: async () => {
      const [row] = await webhook.database.query<{ secrets: string[] }>(
        'select public.webhook_secrets($1) as secrets',
        [salonId],
      );
      return row?.secrets ?? [];
    },
    isPending: async () => {
      const rows = await webhook.database.query(
        `select from private.previous_webhook_secrets($1) where valid_until = 'infinity'`,
        [salonId],
      );
      return rows.length > 0;
    },
    book: () =>
      calcom.send({
        triggerEvent: 'BOOKING_CREATED',
        createdAt: '2026-09-01T10:00:00Z',
        payload: {
          uid: `booking-${++bookings}`,
          title: 'Wizyta',
          startTime: '2026-12-01T09:00:00Z',
          endTime: '2026-12-01T10:00:00Z',
        },
      }),
    stop: async () => {
      vi.unstubAllEnvs();
      await calcom.stop();
    },
  };
}
