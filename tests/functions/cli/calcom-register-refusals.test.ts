import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { openAccount } from '../../../cli/register/account.ts';
import { findSalon } from '../../../cli/project/salons.ts';
import { type Registering, startRegistering } from '../support/calcom-register.ts';
import { startWebhook, type Webhook } from '../support/calcom-webhook.ts';

let webhook: Webhook;
let salon: Registering;

beforeAll(async () => {
  webhook = await startWebhook();
});
beforeEach(async () => {
  salon = await startRegistering(webhook);
});
afterEach(() => salon.stop());
afterAll(() => webhook.stop());

describe('an error', () => {
  test.each<[string, string, number, RegExp]>([
    ['a request that Cal.com refuses', 'POST', 400, /must be HTTPS .*--functions-url/],
    ['too many requests', 'GET', 429, /no more requests .*in 60 seconds/],
    ['a Cal.com that fails', 'GET', 500, /did not answer, or failed:/],
    ['another server', 'GET', 204, /not that of Cal\.com API v2/],
  ])('of %s is reported with the next step', async (_what, method, status, message) => {
    if (status === 400) {
      await salon.replaceCalcom([]);
    } else salon.calcom.failNext(method, status);
    await expect(salon.run()).rejects.toThrow(message);
  });

  test('about a refused key means that it is not stored', async () => {
    vi.stubEnv('CALCOM_API_KEY', 'cal_wrong');
    await expect(salon.run()).rejects.toThrow(/refuses the API key/);
    expect(await salon.vault.apiKey()).toBeNull();
  });

  test('about a missing key says where to get one', async () => {
    vi.stubEnv('CALCOM_API_KEY', '');
    await expect(salon.run()).rejects.toThrow(
      /no API key for psi-styl: make one at https:.*CALCOM_API_KEY/,
    );
  });

  test('about the key of another account means that nothing is registered or stored', async () => {
    await salon.webhook.database.query(
      `update public.salons set cal_com_username = 'inny' where id = $1`,
      [salon.salonId],
    );
    const other = openAccount(
      { id: salon.salonId, username: 'inny' },
      salon.project.functionsUrl,
      salon.vault,
    );
    await expect(other).rejects.toThrow(/belongs to the Cal\.com user Psi-Styl, not to inny/);
    expect(await salon.vault.apiKey()).toBeNull();
    expect(salon.calcom.asked).toEqual(['GET /me']);
  });

  test.each(['nikt', 'psi_styl', 'psi%', '%'])(
    'is thrown for the unknown salon %s',
    async (username) => {
      await expect(findSalon(username, salon.project.database)).rejects.toThrow(
        /no salon has the Cal\.com/,
      );
    },
  );
});
