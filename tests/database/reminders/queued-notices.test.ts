import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { beginDispatch, claimOne } from '../support/outbox.ts';
import {
  cancelAppointment,
  changeSettings,
  forgetReminders,
  messages,
  moveAppointment,
} from '../support/reminders.ts';
import { ANNAS_PHONE, monday, planReminder, type Scene, tuesday } from '../support/scene.ts';

let database: TestDatabase;
let scene: Scene;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await forgetReminders(database);
  scene = await planReminder(database);
  expect(await beginDispatch(database, await claimOne(database, monday('17:00')), monday('17:00')))
    .toBe('go');
});
afterAll(() => database.drop());

/** Queues the answer to NIE, as the function that receives replies does. */
async function queue(now = monday('17:30')): Promise<string | null> {
  return await database.as('service_role', null, async (client) => {
    await client.query(`set local barkbook.app_now = '${now}'`);
    const { rows: [row] } = await client.query<{ id: string | null }>(
      `select private.sms_queue_notice($1, 'answer') as id`,
      [scene.appointmentIds[0]],
    );
    return row?.id ?? null;
  });
}

describe('a queued notice', () => {
  it('is sent although its client was told the start', async () => {
    const id = await queue();
    const claimed = await claimOne(database, monday('17:30'));
    expect(claimed).toMatchObject({
      message_id: id,
      template: expect.stringContaining('Odwołanie lub zmiana'),
      appointments: [{ pet: 'Reksio' }],
    });
    expect(await beginDispatch(database, claimed, monday('17:30'))).toBe('go');
  });

  it('is queued once', async () => {
    expect(await queue()).not.toBeNull();
    expect(await queue()).toBeNull();
  });

  it('is queued once by calls at the same time', async () => {
    const ids = await Promise.all([queue(), queue(), queue()]);
    expect(ids.filter((id) => id !== null)).toHaveLength(1);
  });

  it('is dropped when the appointment moved meanwhile', async () => {
    await queue();
    const claimed = await claimOne(database, monday('17:30'));
    await moveAppointment(
      database,
      scene.appointmentIds[0] ?? '',
      tuesday('15:00'),
      monday('17:31'),
    );
    expect(await beginDispatch(database, claimed, monday('17:30:20'))).toBe('event_gone');
  });

  it('waits for the end of the quiet hours', async () => {
    await queue(monday('20:30'));
    const claimed = await claimOne(database, monday('20:30'));
    expect(await beginDispatch(database, claimed, monday('20:30'))).toBe('quiet_hours');
    expect((await messages(database)).map(({ sendAt }) => sendAt)).toContain('11-24 08:00');
  });

  it('does not count as a text that names the start', async () => {
    await queue();
    await beginDispatch(database, await claimOne(database, monday('17:30')), monday('17:30'));
    const lastText = 'select kinds::text[] from private.sms_last_text($1, $2)';
    expect(await database.query(lastText, [scene.appointmentIds[0], ANNAS_PHONE]))
      .toEqual([{ kinds: ['reminder'] }]);
  });
});

describe('no notice is queued', () => {
  it('about an appointment that is cancelled', async () => {
    await cancelAppointment(database, scene.appointmentIds[0] ?? '');
    expect(await queue()).toBeNull();
  });

  it('about an appointment that has begun', async () => {
    expect(await queue(tuesday('11:00'))).toBeNull();
  });

  it('for a salon that switched its messages off', async () => {
    await changeSettings(database, scene.salon.id, { enabled: false });
    expect(await queue()).toBeNull();
  });

  it('of a kind that the salon switched off', async () => {
    await database.query(
      `insert into sms_texts (salon_id, kind, enabled) values ($1, 'answer', false)`,
      [scene.salon.id],
    );
    expect(await queue()).toBeNull();
  });
});
