import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { attempt, type Caller, signedIn } from '../support/attempt.ts';
import { SALON_STATEMENTS } from '../support/salon-statements.ts';
import { createTenant, type Tenant } from '../support/tenant.ts';

/** The outcome of each statement about one salon for each caller. The outsider owns another. */
const RIGHTS = `
  statement                   anon    owner   staff   outsider  service_role
  salons select               denied  yes     yes     none      yes
  salons insert               denied  yes     denied  denied    yes
  salons update               denied  yes     none    none      yes
  salons delete               denied  denied  denied  denied    yes
  salon_members select        denied  yes     yes     none      yes
  salon_members insert        denied  denied  denied  denied    yes
  salon_members update        denied  yes     none    none      yes
  salon_members delete        denied  yes     yes     none      yes
  salon_invitations select    denied  yes     none    none      yes
  salon_invitations insert    denied  denied  denied  denied    yes
  salon_invitations update    denied  denied  denied  denied    yes
  salon_invitations delete    denied  yes     none    none      yes
  clients select              denied  yes     yes     none      yes
  clients insert              denied  yes     yes     denied    yes
  clients update              denied  yes     yes     none      yes
  clients delete              denied  yes     yes     none      yes
  pets select                 denied  yes     yes     none      yes
  pets insert                 denied  yes     yes     denied    yes
  pets update                 denied  yes     yes     none      yes
  pets delete                 denied  yes     yes     none      yes
  client_pets select          denied  yes     yes     none      yes
  client_pets insert          denied  yes     yes     denied    yes
  client_pets update          denied  denied  denied  denied    yes
  client_pets delete          denied  yes     yes     none      yes
  calendar_events select      denied  yes     yes     none      yes
  calendar_events insert      denied  denied  denied  denied    yes
  calendar_events update      denied  yes     yes     none      yes
  calendar_events delete      denied  denied  denied  denied    yes
  calendar_event_uids select  denied  denied  denied  denied    yes
  calendar_event_uids insert  denied  denied  denied  denied    yes
  calendar_event_uids update  denied  denied  denied  denied    yes
  calendar_event_uids delete  denied  denied  denied  denied    yes
  calcom_sync_state select    denied  yes     yes     none      yes
  calcom_sync_state insert    denied  denied  denied  denied    yes
  calcom_sync_state update    denied  denied  denied  denied    yes
  calcom_sync_state delete    denied  denied  denied  denied    yes
  calendar_feeds select       denied  yes     yes     none      yes
  calendar_feeds insert       denied  denied  denied  denied    yes
  calendar_feeds update       denied  yes     none    none      yes
  calendar_feeds delete       denied  yes     none    none      yes
  salon_activity select       denied  yes     yes     none      yes
  salon_activity insert       denied  denied  denied  denied    yes
  salon_activity update       denied  denied  denied  denied    yes
  salon_activity delete       denied  denied  denied  denied    yes
  webhook_logs select         denied  yes     yes     none      yes
  webhook_logs insert         denied  denied  denied  denied    yes
  webhook_logs update         denied  denied  denied  denied    yes
  webhook_logs delete         denied  denied  denied  denied    yes
  webhook_replays select      denied  yes     none    none      yes
  webhook_replays insert      denied  denied  denied  denied    denied
  webhook_replays update      denied  denied  denied  denied    denied
  webhook_replays delete      denied  denied  denied  denied    denied
  client_erasures select      denied  yes     none    none      yes
  client_erasures insert      denied  denied  denied  denied    denied
  client_erasures update      denied  denied  denied  denied    denied
  client_erasures delete      denied  denied  denied  denied    denied
  sms_settings select         denied  yes     yes     none      yes
  sms_settings insert         denied  yes     denied  denied    yes
  sms_settings update         denied  yes     none    none      yes
  sms_settings delete         denied  denied  denied  denied    yes
  sms_texts select            denied  yes     yes     none      yes
  sms_texts insert            denied  yes     denied  denied    yes
  sms_texts update            denied  yes     none    none      yes
  sms_texts delete            denied  denied  denied  denied    yes
  sms_service_texts select    denied  yes     yes     none      yes
  sms_service_texts insert    denied  yes     denied  denied    yes
  sms_service_texts update    denied  yes     none    none      yes
  sms_service_texts delete    denied  yes     none    none      yes
  sms_messages select         denied  yes     yes     none      yes
  sms_messages insert         denied  denied  denied  denied    yes
  sms_messages update         denied  denied  denied  denied    yes
  sms_messages delete         denied  denied  denied  denied    yes
  sms_message_events select   denied  yes     yes     none      yes
  sms_message_events insert   denied  denied  denied  denied    yes
  sms_message_events update   denied  denied  denied  denied    yes
  sms_message_events delete   denied  denied  denied  denied    yes
  sms_inbox select            denied  yes     yes     none      yes
  sms_inbox insert            denied  denied  denied  denied    yes
  sms_inbox update            denied  yes     yes     none      yes
  sms_inbox delete            denied  denied  denied  denied    yes
  sms_attempts select         denied  denied  denied  denied    yes
  sms_attempts insert         denied  denied  denied  denied    yes
  sms_attempts update         denied  denied  denied  denied    yes
  sms_attempts delete         denied  denied  denied  denied    yes
  sms_opt_outs select         denied  yes     yes     none      yes
  sms_opt_outs insert         denied  yes     yes     denied    yes
  sms_opt_outs update         denied  denied  denied  denied    yes
  sms_opt_outs delete         denied  yes     yes     none      yes
  sms_provider_state select   denied  denied  denied  denied    yes
  sms_provider_state insert   denied  denied  denied  denied    yes
  sms_provider_state update   denied  denied  denied  denied    yes
  sms_provider_state delete   denied  denied  denied  denied    yes
  sms_runs select             denied  denied  denied  denied    yes
  sms_runs insert             denied  denied  denied  denied    yes
  sms_runs update             denied  denied  denied  denied    yes
  sms_runs delete             denied  denied  denied  denied    yes
`;

const [header = [], ...rows] = RIGHTS.trim().split('\n').map((line) => line.trim().split(/ {2,}/));
const callerNames = header.slice(1);
const rights = new Map(rows.map(([statement, ...outcomes]) => [statement, outcomes]));

let database: TestDatabase;
let ours: Tenant;
let theirs: Tenant;

beforeAll(async () => {
  database = await createTestDatabase();
  ours = await createTenant(database, 'psi-styl');
  theirs = await createTenant(database, 'inny-salon');
});
afterAll(() => database.drop());

const callers = (): Caller[] => [
  { role: 'anon', userId: null },
  signedIn(ours.ownerId),
  signedIn(ours.staffId),
  signedIn(theirs.ownerId),
  { role: 'service_role', userId: null },
];

it.each(Object.entries(SALON_STATEMENTS))(
  '%s has the listed outcome for each caller',
  async (name, statement) => {
    const outcomes: string[] = [];
    for (const caller of callers()) {
      outcomes.push(await attempt(database, caller, statement(ours)));
    }
    expect(labelled(outcomes)).toEqual(labelled(rights.get(name) ?? []));
  },
);

it('the table of rights covers every command on every table', async () => {
  const expected = await database.query<{ statement: string }>(
    `select format('%s %s', c.relname, command) as statement
     from pg_class c, unnest(array['select', 'insert', 'update', 'delete']) as command
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')`,
  );
  const statements = expected.map(({ statement }) => statement).sort();
  expect([...rights.keys()].sort()).toEqual(statements);
  expect(Object.keys(SALON_STATEMENTS).sort()).toEqual(statements);
});

it.each([['salons', 'id'], ['salon_members', 'salon_id']])(
  'a member sees only the %s of their salons',
  async (table, column) => {
    const both = (of: Tenant) => [of.salonId, of.bareSalonId].sort();
    expect((await salonsSeen(ours.staffId, table, column)).sort()).toEqual(both(ours));
    expect((await salonsSeen(theirs.staffId, table, column)).sort()).toEqual(both(theirs));
  },
);

it.each([
  'clients',
  'pets',
  'calendar_events',
  'calcom_sync_state',
  'salon_activity',
  'webhook_logs',
  'sms_settings',
  'sms_messages',
  'sms_inbox',
  'sms_opt_outs',
])('a member sees only the %s of their salon', async (table) => {
  expect(await salonsSeen(ours.staffId, table, 'salon_id')).toEqual([ours.salonId]);
  expect(await salonsSeen(theirs.ownerId, table, 'salon_id')).toEqual([theirs.salonId]);
});

it('a member sees only the client_pets of their salon', async () => {
  const seen = await database.as(
    'authenticated',
    theirs.ownerId,
    (client) => client.query('select client_id, pet_id from client_pets'),
  );
  expect(seen.rows).toEqual([{ client_id: theirs.clientId, pet_id: theirs.petId }]);
});

it('a removed member sees nothing', async () => {
  const { newcomerId, salonId } = ours;
  const seen = () => attempt(database, signedIn(newcomerId), 'select name from clients');
  await database.query(
    'insert into salon_members (salon_id, user_id) values ($1, $2)',
    [salonId, newcomerId],
  );
  expect(await seen()).toBe('yes');
  await database.query('delete from salon_members where user_id = $1', [newcomerId]);
  expect(await seen()).toBe('none');
});

function labelled(outcomes: string[]): Record<string, string> {
  return Object.fromEntries(outcomes.map((outcome, index) => [callerNames[index], outcome]));
}

async function salonsSeen(userId: string, table: string, column: string): Promise<string[]> {
  const { rows } = await database.as(
    'authenticated',
    userId,
    (client) => client.query(`select distinct ${column} as salon from ${table}`),
  );
  return rows.map(({ salon }) => salon);
}
