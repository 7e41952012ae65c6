import { afterEach, beforeEach, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createTenant, type Tenant } from '../support/tenant.ts';

let database: TestDatabase;
let ours: Tenant;
let theirs: Tenant;

beforeEach(async () => {
  database = await createTestDatabase();
  ours = await createTenant(database, 'psi-styl');
  theirs = await createTenant(database, 'inny-salon');
});
afterEach(() => database.drop());

const appointment = async () => {
  const [row] = await database.query('select * from calendar_events where id = $1', [ours.eventId]);
  return row;
};

it('deleting a pet removes only the link from its appointments', async () => {
  const before = await appointment();
  await database.as(
    'authenticated',
    ours.ownerId,
    (client) => client.query('delete from pets where id = $1', [ours.petId]),
  );
  expect(await appointment()).toEqual({ ...before, pet_id: null, updated_at: expect.any(Date) });
});

it('deleting an appointment removes its uids and keeps its deliveries', async () => {
  await database.query('delete from calendar_events where id = $1', [ours.eventId]);
  expect(
    await database.query('select booking_uid from calendar_event_uids'),
  ).toEqual([{ booking_uid: theirs.uid }]);
  expect(
    await database.query('select id from webhook_logs where id = $1', [ours.logId]),
  ).toEqual([{ id: ours.logId }]);
});

it('deleting a salon removes all of its data and no other data', async () => {
  await database.as(
    'service_role',
    null,
    (client) => client.query('delete from salons where id = $1', [ours.salonId]),
  );
  expect(await rowsLeft()).toEqual({
    calendar_event_uids: [theirs.uid],
    calendar_events: [theirs.eventId],
    client_erasures: [theirs.salonId],
    client_pets: [theirs.petId],
    clients: [theirs.clientId, theirs.otherClientId].sort(),
    pets: [theirs.petId],
    salon_members: [theirs.staffId],
    salons: [theirs.salonId],
    sms_attempts: [theirs.messageId],
    sms_inbox: [theirs.salonId],
    sms_message_events: [theirs.messageId],
    sms_messages: [theirs.messageId],
    sms_opt_outs: [theirs.salonId],
    sms_settings: [theirs.salonId],
    webhook_logs: [theirs.logId],
    webhook_replays: [theirs.logId],
  });
});

/** What is left of the salons with a Cal.com username; the others have nothing but a member. */
async function rowsLeft() {
  const [rows] = await database.query(
    `select array(select booking_uid from calendar_event_uids) as calendar_event_uids,
       array(select id from calendar_events) as calendar_events,
       array(select salon_id from client_erasures) as client_erasures,
       array(select pet_id from client_pets) as client_pets,
       array(select id from clients order by id) as clients,
       array(select id from pets) as pets,
       array(
         select m.user_id from salon_members m join salons s on s.id = m.salon_id
         where s.cal_com_username is not null
       ) as salon_members,
       array(select id from salons where cal_com_username is not null) as salons,
       array(select message_id from sms_attempts) as sms_attempts,
       array(select salon_id from sms_inbox) as sms_inbox,
       array(select message_id from sms_message_events) as sms_message_events,
       array(select id from sms_messages) as sms_messages,
       array(select salon_id from sms_opt_outs) as sms_opt_outs,
       array(select salon_id from sms_settings) as sms_settings,
       array(select id from webhook_logs) as webhook_logs,
       array(select log_id from webhook_replays) as webhook_replays`,
  );
  return rows;
}
