import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createNoticeScene, type NoticeScene } from '../support/notice-scene.ts';
import { moveAppointment, plan } from '../support/reminders.ts';
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

describe('a move', () => {
  let id: string;
  beforeEach(async () => {
    await notices.enable('moved');
    id = await notices.book(tuesday('11:00'), '2026-11-20 10:00+01');
  });
  const move = (start: string, now: string) => moveAppointment(database, id, start, now);

  it('is told to a client who was told nothing yet', async () => {
    await move('2026-11-27 12:00+01', monday('10:00'));
    await notices.run(monday('10:10'));
    expect(await notices.told()).toEqual(['moved 11-27 12:00']);
  });

  it('and back is not told to a client who was told neither', async () => {
    await move('2026-11-27 12:00+01', monday('10:00'));
    await move(tuesday('11:00'), monday('10:05'));
    expect(await notices.run(monday('10:15'))).toEqual([]);
  });

  it('and back is told once the new time was told', async () => {
    await move('2026-11-27 12:00+01', monday('10:00'));
    await notices.run(monday('10:10'));
    await move(tuesday('11:00'), monday('11:00'));
    await notices.run(monday('11:10'));
    expect(await notices.run(monday('11:15'))).toEqual([]);
    expect(await notices.told()).toEqual(['moved 11-27 12:00', 'moved 11-24 11:00']);
  });

  it('after the reminder is told by the notice, and not by another reminder', async () => {
    await notices.run(monday('17:00'));
    await move(tuesday('13:00'), monday('17:30'));
    await notices.run(monday('17:40'));
    expect(await notices.run(monday('17:45'))).toEqual([]);
    expect(await notices.told()).toEqual(['reminder 11-24 11:00', 'moved 11-24 13:00']);
  });

  it('and back after the reminder is not told while the client knows no other time', async () => {
    await notices.run(monday('17:00'));
    await move(tuesday('13:00'), monday('17:30'));
    await move(tuesday('11:00'), monday('17:35'));
    expect(await notices.run(monday('17:45'))).toEqual([]);
  });

  it('is told by a reminder if the text of the notice is too long', async () => {
    await notices.run(monday('17:00'));
    await move(tuesday('13:00'), monday('17:30'));
    await plan(database, monday('17:40'));
    expect(await sendDue(database, monday('17:40'), { problem: 'too_long' })).toEqual(['too_long']);
    await notices.run(monday('17:45'));
    expect(await notices.told()).toEqual(['reminder 11-24 11:00', 'reminder 11-24 13:00']);
  });

  it('in the night is told in the morning, at the time that it has then', async () => {
    await move('2026-11-27 12:00+01', monday('21:00'));
    expect(await notices.run(monday('21:10'))).toEqual([]);
    await move('2026-11-27 15:00+01', monday('23:00'));
    expect(await notices.run(monday('23:10'))).toEqual([]);
    await notices.run(tuesday('08:00'));
    expect(await notices.told()).toEqual(['moved 11-27 15:00']);
  });

  it('is told to another number once the number is corrected', async () => {
    await move('2026-11-27 12:00+01', monday('10:00'));
    await notices.run(monday('10:10'));
    await database.query(`update clients set phone_number = '600 100 300'`);
    await plan(database, monday('10:15'));
    expect(await sendDue(database, monday('10:15'))).toEqual(['go']);
    expect(await notices.told()).toEqual(['moved 11-27 12:00', 'moved 11-27 12:00']);
  });

  it('is told by reminders only once the salon switches the notice off', async () => {
    await move('2026-11-27 12:00+01', monday('10:00'));
    await database.query('update sms_texts set enabled = false');
    expect(await notices.run(monday('10:10'))).toEqual([]);
  });
});
