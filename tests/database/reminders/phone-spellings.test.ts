import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { beginDispatch, claimOne } from '../support/outbox.ts';
import { createAppointment, forgetReminders, plan } from '../support/reminders.ts';
import { ANNAS_PHONE, monday, planReminder, type Scene, tuesday } from '../support/scene.ts';

const NOW = monday('17:00');

let database: TestDatabase;
let scene: Scene;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await forgetReminders(database);
  scene = await planReminder(database);
});
afterAll(() => database.drop());

const type = (phone: string) =>
  database.query('update clients set phone_number = $1 where id = $2', [phone, scene.anna.id]);

describe('a phone is sent to as the database reads it', () => {
  it.each([
    '600100200',
    '600 100 200',
    '600.100.200',
    '600-100\n200',
    '600\u00a0100\u00a0200',
    '600\u2011100\u2011200',
    '\u202a+48\u202f600\u202f100\u202f200\u202c',
    '48600100200',
    '0048 600-100-200',
    '(+48) 600100200',
  ])('%j', async (typed) => {
    await type(typed);
    const claimed = await claimOne(database, NOW);
    expect(claimed.phone).toBe(ANNAS_PHONE);
    expect(await beginDispatch(database, claimed, NOW)).toBe('go');
  });
});

describe('a phone in which the database reads no number is not sent to', () => {
  it.each([
    'tel:600100200',
    'tel. 600100200',
    '600100200 (mama)',
    '６００１００２００',
    '٦٠٠١٠٠٢٠٠',
    '600100200, 600100201',
    '600100200/600100201',
    '600 100 200 x5',
    '0 600 100 200',
    '++48600100200',
    'abc',
    '',
  ])('%j', async (typed) => {
    await type(typed);
    const claimed = await claimOne(database, NOW);
    expect(claimed.phone).toBeNull();
    expect(await beginDispatch(database, claimed, NOW)).toBe('no_phone');
  });
});

it('nor is a number other than the client’s', async () => {
  const claimed = await claimOne(database, NOW);
  expect(await beginDispatch(database, claimed, NOW, { phone: '+48600100201' })).toBe('no_phone');
});

it.each(['600100200', '600100200 (mama)', 'tel:600100200', '６００１００２００'])(
  'who answered STOP gets no SMS after being deleted and added again as %j',
  async (typed) => {
    await database.query('insert into sms_opt_outs values ($1, $2, $3) on conflict do nothing', [
      scene.salon.id,
      ANNAS_PHONE,
      'twilio',
    ]);
    await database.query('delete from clients where id = $1', [scene.anna.id]);
    await database.query('delete from calendar_events');
    const [again] = await database.query<{ id: string }>(
      `insert into clients (salon_id, name, surname, phone_number, has_gdpr_consent)
       values ($1, 'Anna', 'Nowak', $2, true) returning id`,
      [scene.salon.id, typed],
    );
    await createAppointment(database, scene.salon.id, {
      client: { id: again?.id ?? '', salonId: scene.salon.id, pets: {} },
      start: tuesday('12:00'),
    });
    await plan(database, NOW);
    expect(await beginDispatch(database, await claimOne(database, NOW), NOW))
      .toMatch(/^(opted_out|no_phone)$/);
  },
);
