import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { type AlertScene, createAlertScene, MISSING } from '../support/alert-scene.ts';
import { linesOf, runAlerts } from '../support/alerts.ts';
import { createSalon } from '../support/salons.ts';

let database: TestDatabase;
let alerts: AlertScene;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  alerts = await createAlertScene(database);
});
afterAll(() => database.drop());

describe('of many salons', () => {
  const giveUp = (salonId: string) =>
    database.query(
      `insert into public.webhook_logs (webhook_type, payload, booking, status, salon_id, processed_at)
       values ('BOOKING_CREATED', '{}', '{"uid": "u"}', 'error', $1, now())`,
      [salonId],
    );
  const salons = async (count: number): Promise<string[]> => {
    const ids = [];
    for (let n = 0; n < count; n += 1) {
      ids.push((await createSalon(database, { username: `salon-${n}` })).id);
    }
    return ids;
  };

  it('each is told', async () => {
    const ids = await salons(40);
    for (const id of ids) await giveUp(id);
    const requests = await runAlerts(database);
    expect(requests.map((request) => linesOf(request).length)).toEqual([12, 12, 12, 4]);
    const lines = requests.flatMap(linesOf);
    for (const id of ids) {
      expect(lines).toContain(
        `Began: salon_deliveries_dead in salon ${id}, deliveries were given up`,
      );
    }
  });

  it('has the longest text in a message that Discord can show', async () => {
    for (const id of await salons(12)) {
      await database.query(
        `insert into private.alerts (channel, salon_id, code, ended_at)
         values ('webhook', $1, 'salon_deliveries_silent', now())`,
        [id],
      );
    }
    const requests = await runAlerts(database);
    expect(requests.map((request) => linesOf(request).length)).toEqual([12]);
    expect(String(requests[0]?.body.text).length).toBeLessThan(2000);
  });

  it('do not delay news of the project, however many they are', async () => {
    for (const id of await salons(50)) await giveUp(id);
    expect(await alerts.told(500)).toHaveLength(48);
    await alerts.unschedule();
    expect(await alerts.told()).toContain(`Began: ${MISSING}`);
  });

  it('one that comes and goes delays the news of no other', async () => {
    const [one, other] = await salons(2);
    if (!one || !other) throw new Error('no salons');
    await giveUp(one);
    expect(await alerts.told(500)).toHaveLength(1);
    await giveUp(other);
    expect(await alerts.told()).toHaveLength(2);
  });

  it('a message names no salon and no person', async () => {
    const { id } = await createSalon(database, { username: 'hania-nowak' });
    await database.query(`update public.salons set name = 'Salon Hani Nowak'`);
    await giveUp(id);
    const [request] = await runAlerts(database);
    expect(JSON.stringify(request)).not.toMatch(/hani|nowak/i);
  });

  it('alerts of a salon that is deleted go with it', async () => {
    const [id = ''] = await salons(1);
    await giveUp(id);
    await alerts.told();
    await database.query('delete from public.salons');
    expect(await alerts.toldWithin(30)).toEqual([]);
  });

  it('more than forty-eight are told in several runs', async () => {
    await database.query(
      `insert into private.alerts (channel, code, ended_at)
       select 'webhook', 'test', now() from generate_series(1, 70)`,
    );
    expect(await alerts.told()).toHaveLength(48);
    expect(await alerts.told()).toHaveLength(22);
  });
});
