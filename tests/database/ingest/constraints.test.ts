import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createTenant } from '../support/tenant.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await createTenant(database, 'psi-styl');
});
afterAll(() => database.drop());

describe('a constraint refuses', () => {
  it.each([
    [
      'an appointment that ends before it starts',
      'calendar_events_ends_after_start',
      `update calendar_events set end_time = start_time - interval '1 hour'`,
    ],
    [
      'an appointment without a duration',
      'calendar_events_ends_after_start',
      'update calendar_events set end_time = start_time',
    ],
    [
      'an unknown status of an appointment',
      'calendar_events_status_is_valid',
      `update calendar_events set status = 'rescheduled'`,
    ],
    [
      'a time zone that does not exist',
      'salons_timezone_is_valid',
      `update salons set timezone = 'Europe/Atlantis'`,
    ],
    [
      'an abbreviation as the time zone',
      'salons_timezone_is_valid',
      `update salons set timezone = 'CET'`,
    ],
    [
      'an offset as the time zone',
      'salons_timezone_is_valid',
      `update salons set timezone = '+02'`,
    ],
    [
      'an unknown status of a delivery',
      'webhook_logs_status_is_valid',
      `update webhook_logs set status = 'pending'`,
    ],
    [
      'an action that only an answer has',
      'webhook_logs_action_can_be_stored',
      `update webhook_logs set action = 'duplicate'`,
    ],
  ])('%s', async (_what, constraint, statement) => {
    await expect(database.query(statement)).rejects.toMatchObject({ code: '23514', constraint });
  });

  it.each([
    ['a source of a link', `update calendar_events set link_source = 'guess'`],
    ['a role of a member', `update salon_members set role = 'admin'`],
    ['an action of a delivery', `update webhook_logs set action = 'created'`],
    ['a reason of a delivery', `update webhook_logs set reason = 'bad_luck'`],
    ['a warning of a delivery', `update webhook_logs set warnings = '{late}'`],
  ])('%s that does not exist', async (_what, statement) => {
    await expect(database.query(statement)).rejects.toMatchObject({ code: '22P02' });
  });

  it.each([
    [
      'a second appointment with the same cal_com_event_id',
      'calendar_events_cal_com_event_id_key',
      `insert into calendar_events (cal_com_event_id, title, start_time, end_time)
       select cal_com_event_id, title, start_time, end_time from calendar_events`,
    ],
    [
      'a second delivery with the same bytes',
      'webhook_logs_delivery_key_key',
      `insert into webhook_logs (webhook_type, payload, delivery_key)
       select webhook_type, payload, delivery_key from webhook_logs`,
    ],
    [
      'another salon’s Cal.com username, in any case',
      'salons_cal_com_username_key',
      `insert into salons (name, cal_com_username) values ('Drugi', 'PSI-Styl')`,
    ],
  ])('%s', async (_what, constraint, statement) => {
    await expect(database.query(statement)).rejects.toMatchObject({ code: '23505', constraint });
  });
});
