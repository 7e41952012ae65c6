import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createTenant } from '../support/tenant.ts';

// Values that our own code never writes, and nobody else can.
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await createTenant(database, 'psi-styl');
});
afterAll(() => database.drop());

const LEASE = `status = 'leased', lease_token = gen_random_uuid(), lease_until = now()`;
const UNTITLED = `insert into calendar_events (cal_com_event_id, title, start_time, end_time`;

/** Runs a statement and takes it back. */
async function tried(statement: string): Promise<void> {
  await expect(database.query(
    `do $$ begin ${statement}; raise exception 'taken back' using errcode = 'BB999'; end $$`,
  )).rejects.toMatchObject({ code: 'BB999' });
}

describe.each([
  [
    'calendar_event_uids_replaced_is_whole',
    [`update calendar_event_uids set replaced_uid = 'a', replaced_seat_id = ''`],
    [
      `update calendar_event_uids set replaced_uid = 'a'`,
      `update calendar_event_uids set replaced_seat_id = ''`,
    ],
  ],
  [
    'calendar_event_uids_guess_replaces',
    [`update calendar_event_uids set is_guess = true, replaced_uid = 'a', replaced_seat_id = ''`],
    ['update calendar_event_uids set is_guess = true'],
  ],
  [
    'calendar_events_link_needs_salon',
    [`${UNTITLED}) values ('a', 'b', now(), now() + interval '1 minute')`],
    ['client_id', 'pet_id'].map((column) =>
      `${UNTITLED}, ${column}) values ('a', 'b', now(), now() + interval '1 minute',
         gen_random_uuid())`
    ),
  ],
  [
    'salons_cal_com_username_is_not_blank',
    [`update salons set cal_com_username = null`],
    [`insert into salons (name, cal_com_username) values ('Salon', '  ')`],
  ],
  [
    'salons_per_user_most_is_valid',
    [1, 1000].map((most) => `update private.salons_per_user set most = ${most}`),
    [0, 1001].map((most) => `update private.salons_per_user set most = ${most}`),
  ],
  [
    'salon_invitations_email_is_valid',
    [`update salon_invitations set email = 'a@b'`],
    ['a', '@b', 'a@', 'a b@c', 'a@b@c', 'A@b', `a@${'b'.repeat(253)}`].map((email) =>
      `update salon_invitations set email = '${email}'`
    ),
  ],
  [
    'retention_kept_days_is_valid',
    [1, 3650].map((days) => `update private.retention set kept_days = ${days}`),
    [0, 3651].map((days) => `update private.retention set kept_days = ${days}`),
  ],
  [
    'calendar_feeds_token_hash_is_sha256',
    [`update calendar_feeds set token_hash = sha256('a')`],
    [
      `update calendar_feeds set token_hash = 'a'`,
      `update calendar_feeds set token_hash = sha512('a')`,
    ],
  ],
  [
    'sms_messages_phone_is_e164',
    ['+4812345', '+123456789012345'].map((phone) => `update sms_messages set phone = '${phone}'`),
    ['501220314', '+0501220314', '+481234', '+1234567890123456', '+48 501220314'].map((phone) =>
      `update sms_messages set phone = '${phone}'`
    ),
  ],
  [
    'sms_opt_outs_phone_is_e164',
    ['+4812345', '+123456789012345'].map((phone) => `update sms_opt_outs set phone = '${phone}'`),
    ['501220314', '+0501220314', '+481234', '+1234567890123456', '+48 501220314'].map((phone) =>
      `update sms_opt_outs set phone = '${phone}'`
    ),
  ],
  [
    'sms_messages_lease_is_whole',
    [`update sms_messages set ${LEASE}`],
    [
      `update sms_messages set status = 'leased'`,
      'update sms_messages set lease_until = now()',
      'update sms_messages set lease_token = gen_random_uuid(), lease_until = now()',
      `update sms_messages set status = 'leased', lease_token = gen_random_uuid()`,
    ],
  ],
  [
    'sms_messages_dispatch_has_text',
    [
      `update sms_messages set ${LEASE}, dispatch_started_at = now(), phone = '+48501220314',
         body = 'Wizyta'`,
      `update sms_messages set status = 'sent', dispatch_started_at = now()`,
    ],
    [
      `${LEASE}, dispatch_started_at = now()`,
      `${LEASE}, dispatch_started_at = now(), body = 'Wizyta'`,
      `${LEASE}, maybe_sent_since = now(), phone = '+48501220314'`,
      `status = 'unknown', dispatch_started_at = now()`,
    ].map((change) => `update sms_messages set ${change}`),
  ],
  [
    'sms_runs_ends_after_start',
    ['update sms_runs set finished_at = started_at'],
    [`update sms_runs set finished_at = started_at - interval '1 second'`],
  ],
])('%s', (constraint, accepted, refused) => {
  it.each(accepted)('accepts: %s', tried);

  it.each(refused)('refuses: %s', async (statement) => {
    await expect(database.query(statement)).rejects.toMatchObject({ code: '23514', constraint });
  });
});

it.each([
  ['private.retention', 'retention_is_one_row', 'private.retention default values'],
  [
    'private.salons_per_user',
    'salons_per_user_is_one_row',
    'private.salons_per_user default values',
  ],
])('%s has one row', async (_table, constraint, row) => {
  await expect(database.query(`insert into ${row}`)).rejects.toMatchObject({
    ...{ code: '23505', constraint },
  });
});

it.each([
  [
    'a feed of another salon',
    'calendar_feeds_token_hash_key',
    `insert into calendar_feeds
     (salon_id, token_hash) select s.id, f.token_hash from salons s, calendar_feeds f
     where s.name = 'Filia'`,
  ],
  [
    'an SMS of the same company',
    'sms_messages_provider_message_id_key',
    `insert into sms_messages
     (salon_id, local_date, next_attempt_at, not_after, provider, provider_message_id)
     select salon_id, local_date, next_attempt_at, not_after, 'twilio', 'SM1'
     from sms_messages, generate_series(1, 2)`,
  ],
])('%s cannot have the same id', async (_what, constraint, statement) => {
  await expect(database.query(statement)).rejects.toMatchObject({ code: '23505', constraint });
});
