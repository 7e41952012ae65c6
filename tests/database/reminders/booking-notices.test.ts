import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createNoticeScene, type NoticeScene } from '../support/notice-scene.ts';
import { enableTexts } from '../support/notices.ts';
import { at, createAppointment, moveAppointment } from '../support/reminders.ts';
import { monday, tuesday } from '../support/scene.ts';

let database: TestDatabase;
let notices: NoticeScene;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  notices = await createNoticeScene(database);
});
afterAll(() => database.drop());

describe('a booking', () => {
  beforeEach(() => notices.enable('booked'));

  it('is told once it was held back, however far ahead it is', async () => {
    await notices.book('2027-03-01 11:00+01', monday('10:00'));
    expect(await notices.run(monday('10:05'))).toEqual([]);
    expect(await notices.run(monday('10:10'))).toEqual(['go']);
    expect(await notices.run(monday('10:15'))).toEqual([]);
    expect(await notices.told()).toEqual(['booked 03-01 11:00']);
  });

  it('shares its SMS with the booking of a second pet for the day', async () => {
    await notices.book(tuesday('11:00'), monday('10:00'));
    await notices.book(tuesday('12:00'), monday('10:07'), 'Burek');
    expect(await notices.run(monday('10:17'))).toEqual(['go']);
    expect(await notices.told()).toEqual(['booked 11-24 11:00', 'booked 11-24 12:00']);
  });

  it('is told at its present time if it moved before', async () => {
    const id = await notices.book(tuesday('11:00'), monday('10:00'));
    await moveAppointment(database, id, tuesday('13:00'), monday('10:05'));
    await notices.run(monday('10:15'));
    expect(await notices.told()).toEqual(['booked 11-24 13:00']);
  });

  it('is told on the day of the appointment too', async () => {
    await notices.book(monday('15:00'), monday('10:00'));
    await notices.run(monday('10:10'));
    expect(await notices.told()).toEqual(['booked 11-23 15:00']);
  });

  it('still gets its reminder', async () => {
    await notices.book(tuesday('11:00'), monday('10:00'));
    await notices.run(monday('10:10'));
    await notices.run(monday('17:00'));
    expect(await notices.told()).toEqual(['booked 11-24 11:00', 'reminder 11-24 11:00']);
  });

  it('gets no reminder that would follow within an hour', async () => {
    await notices.book(tuesday('11:00'), monday('16:10'));
    await notices.run(monday('16:20'));
    expect(await notices.run(monday('17:00'))).toEqual([]);
    expect(await notices.told()).toEqual(['booked 11-24 11:00']);
  });

  it('that waits for its confirmation is told when it has it', async () => {
    const id = await createAppointment(database, notices.salon.id, {
      client: notices.anna,
      start: tuesday('11:00'),
      created: monday('10:00'),
      status: 'pending',
    });
    expect(await notices.run(monday('10:30'))).toEqual([]);
    await notices.setStatus(id, 'confirmed', monday('11:00'));
    await notices.run(monday('11:10'));
    expect(await notices.told()).toEqual(['booked 11-24 11:00']);
  });

  it('that is confirmed days later is told then', async () => {
    const id = await createAppointment(database, notices.salon.id, {
      client: notices.anna,
      start: '2026-11-30 11:00+01',
      created: '2026-11-18 10:00+01',
      status: 'pending',
    });
    await notices.setStatus(id, 'confirmed', monday('11:00'));
    expect(await notices.run(monday('11:10'))).toEqual(['go']);
    expect(await notices.told()).toEqual(['booked 11-30 11:00']);
  });

  it('is told in the morning if it was made in the night', async () => {
    await notices.book('2026-11-25 11:00+01', monday('22:00'));
    expect(await notices.run(monday('22:10'))).toEqual([]);
    await notices.run(tuesday('08:00'));
    expect(await notices.told()).toEqual(['booked 11-25 11:00']);
  });

  it('is not told if it is cancelled meanwhile', async () => {
    const id = await notices.book(tuesday('11:00'), monday('10:00'));
    await notices.setStatus(id, 'cancelled', monday('10:05'));
    expect(await notices.run(monday('10:15'))).toEqual([]);
  });
});

describe('nobody is told of a booking', () => {
  it('that was made before the salon sent such notices', async () => {
    await notices.book(tuesday('11:00'), monday('10:00'));
    await enableTexts(database, notices.salon.id, ['booked'], { since: monday('10:05') });
    expect(await notices.run(monday('10:10'))).toEqual([]);
  });

  it('that is imported by a sync days later', async () => {
    await notices.enable('booked');
    await at(
      database,
      monday('10:00'),
      `insert into public.calendar_events
         (cal_com_event_id, salon_id, client_id, title, start_time, end_time, created_at)
       values ('old', $1, $2, 'Kąpiel', '2026-11-24 10:00Z', '2026-11-24 11:00Z', '2026-11-20Z')`,
      [notices.salon.id, notices.anna.id],
    );
    expect(await notices.run(monday('10:10'))).toEqual([]);
  });

  it('that was made while the salon had its messages switched off', async () => {
    await notices.enable('booked');
    await database.query('update sms_settings set enabled = false');
    await notices.book(tuesday('11:00'), monday('10:00'));
    await database.query('update sms_settings set enabled = true');
    expect(await notices.run(monday('10:10'))).toEqual([]);
    expect(
      await database.query(`select from sms_texts where enabled_at > now() - interval '1 hour'`),
    )
      .toHaveLength(1);
  });

  it('that was made before the notice was switched off and on again', async () => {
    await notices.enable('booked');
    await notices.book('2026-11-27 11:00+01', monday('10:00'));
    await database.query('update sms_texts set enabled = false');
    await database.query('update sms_texts set enabled = true');
    await database.query('update sms_texts set enabled_at = $1', [monday('12:00')]);
    expect(await notices.run(monday('12:10'))).toEqual([]);
  });

  it('that was confirmed long before it is imported', async () => {
    await notices.enable('booked');
    const id = await createAppointment(database, notices.salon.id, {
      client: notices.anna,
      start: '2026-11-30 11:00+01',
      created: '2026-11-18 10:00+01',
      status: 'pending',
    });
    await at(
      database,
      monday('11:00'),
      `update calendar_events set status = 'confirmed', last_event_at = '2026-11-19Z' where id = $1`,
      [id],
    );
    expect(await notices.run(monday('11:10'))).toEqual([]);
  });

  it('a day after it was made', async () => {
    await notices.enable('booked');
    await notices.book('2026-11-30 11:00+01', monday('10:00'));
    expect(await notices.run(tuesday('10:01'))).toEqual([]);
  });
});
