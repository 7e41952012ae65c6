import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createNoticeScene, type NoticeScene } from '../support/notice-scene.ts';
import {
  createAppointment,
  createRemindedClient,
  createRemindingSalon,
  moveAppointment,
} from '../support/reminders.ts';
import { monday } from '../support/scene.ts';

let database: TestDatabase;
let notices: NoticeScene;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  notices = await createNoticeScene(database);
});
afterAll(() => database.drop());

it('a notice needs consent like a reminder, and is sent once it is given', async () => {
  await notices.enable('booked');
  await database.query('update clients set has_gdpr_consent = false');
  await notices.book('2026-11-27 11:00+01', monday('10:00'));
  await notices.run(monday('10:10'));
  expect(await database.query('select kind, status, reason from sms_messages')).toEqual([
    { kind: 'booked', status: 'skipped', reason: 'no_consent' },
  ]);
  await database.query('update clients set has_gdpr_consent = true');
  expect(await notices.run(monday('10:15'))).toEqual(['go']);
});

it('notices of one salon reach nobody of another', async () => {
  await notices.enable('booked', 'moved', 'cancelled');
  const other = await createRemindingSalon(database);
  const eva = await createRemindedClient(database, other.id, { phone: '600 100 300' });
  await createAppointment(database, other.id, {
    client: eva,
    start: '2026-11-27 11:00+01',
    created: monday('10:00'),
  });
  expect(await notices.run(monday('10:10'))).toEqual([]);
});

it('no number gets more than three messages of a salon on a day, whatever their kinds', async () => {
  await notices.enable('booked', 'moved');
  const id = await notices.book('2026-11-27 11:00+01', monday('09:00'));
  await notices.run(monday('09:10'));
  const verdicts: string[] = [];
  for (const hour of [10, 11, 12]) {
    await moveAppointment(database, id, `2026-11-27 ${hour}:30+01`, monday(`${hour}:00`));
    verdicts.push(...await notices.run(monday(`${hour}:10`)));
  }
  expect(verdicts).toEqual(['go', 'go', 'client_limit']);
});
