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
      'an unknown source of a client link',
      'calendar_events_link_source_is_valid',
      `update calendar_events set link_source = 'guess'`,
    ],
    [
      'an unknown role of a member',
      'salon_members_role_is_valid',
      `update salon_members set role = 'admin'`,
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
      'an unknown action of a delivery',
      'webhook_logs_action_is_valid',
      `update webhook_logs set action = 'created'`,
    ],
  ])('%s', async (_what, constraint, statement) => {
    await expect(database.query(statement)).rejects.toMatchObject({ code: '23514', constraint });
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
