import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createNoticeScene, type NoticeScene } from '../support/notice-scene.ts';
import { plan } from '../support/reminders.ts';
import { monday, tuesday } from '../support/scene.ts';
import { sendDue } from '../support/send-due.ts';

let database: TestDatabase;
let notices: NoticeScene;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  notices = await createNoticeScene(database);
});
afterAll(() => database.drop());

describe('a cancellation', () => {
  const BY_SALON = '{"cancelledBySalon": true}';
  let id: string;
  beforeEach(async () => {
    await notices.enable('cancelled');
    id = await notices.book(tuesday('11:00'), '2026-11-20 10:00+01');
  });
  const acted = (action: string) =>
    database.query('insert into salon_activity (salon_id, event_id, action) values ($1, $2, $3)', [
      notices.salon.id,
      id,
      action,
    ]);

  it('by the host in Cal.com is told, whether or not the client was told of the appointment', async () => {
    await notices.setStatus(id, 'cancelled', monday('10:00'), BY_SALON);
    await notices.run(monday('10:10'));
    expect(await notices.run(monday('10:15'))).toEqual([]);
    expect(await notices.told()).toEqual(['cancelled cancelled']);
  });

  it('by staff is told', async () => {
    await acted('cancel');
    await notices.setStatus(id, 'cancelled', monday('10:00'));
    await notices.run(monday('10:10'));
    expect(await notices.told()).toEqual(['cancelled cancelled']);
  });

  it('by the client is not told', async () => {
    await notices.setStatus(id, 'cancelled', monday('10:00'));
    expect(await notices.run(monday('10:10'))).toEqual([]);
  });

  const clientCancels = async (response: string | null) => {
    await acted('client_cancel');
    await database.query('update calendar_events set client_response = $1', [response]);
    await notices.setStatus(id, 'cancelled', monday('10:00'), BY_SALON);
    return await notices.run(monday('10:10'));
  };

  it('that the client asked for is not told', async () => {
    expect(await clientCancels('wants_to_cancel')).toEqual([]);
  });

  it('after the client changed their mind is told', async () => {
    expect(await clientCancels('coming')).toEqual(['go']);
  });

  it('of a booking that waited for its confirmation is told', async () => {
    await notices.setStatus(id, 'pending', monday('09:00'));
    await notices.setStatus(id, 'cancelled', monday('10:00'), BY_SALON);
    await notices.run(monday('10:10'));
    expect(await notices.told()).toEqual(['cancelled cancelled']);
  });

  it('that is undone before it is told is not told', async () => {
    await notices.setStatus(id, 'cancelled', monday('10:00'), BY_SALON);
    await plan(database, monday('10:10'));
    await notices.setStatus(id, 'scheduled', monday('10:10'));
    expect(await sendDue(database, monday('10:10'), { problem: 'template' })).toEqual([
      'event_gone',
    ]);
  });

  it('that is undone after it was told is followed by a reminder, even of a time told before', async () => {
    await notices.run(monday('17:00'));
    await notices.setStatus(id, 'cancelled', monday('17:30'), BY_SALON);
    await notices.run(monday('17:40'));
    await notices.setStatus(id, 'scheduled', monday('18:00'));
    await notices.run(monday('18:10'));
    expect(await notices.told()).toEqual([
      'reminder 11-24 11:00',
      'cancelled cancelled',
      'reminder 11-24 11:00',
    ]);
  });

  it('keeps a reminder that waits from being sent', async () => {
    await plan(database, monday('17:00'));
    await notices.setStatus(id, 'cancelled', monday('17:00'), BY_SALON);
    expect(await sendDue(database, monday('17:00'), { problem: 'template' })).toEqual([
      'event_gone',
    ]);
    await notices.run(monday('17:10'));
    expect(await notices.told()).toEqual(['cancelled cancelled']);
  });

  it('of a past appointment is not told', async () => {
    await notices.setStatus(id, 'cancelled', tuesday('11:30'), BY_SALON);
    expect(await database.query('select from private.sms_changes')).toEqual([]);
  });
});
