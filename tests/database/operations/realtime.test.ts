import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { deleteTables } from '../../../cli/uninstall/delete-tables.ts';
import { readTables } from '../../../cli/uninstall/tables-plan.ts';
import { directDatabase } from '../../../cli/target/admin-database.ts';
import { createRealtime } from '../../../local/postgres/bootstrap.ts';
import { withClient } from '../../../local/postgres/client.ts';
import { applyMigrations, createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { booking, deliver } from '../support/deliveries.ts';
import { beginDispatch, type Claim, claimOne, settle } from '../support/outbox.ts';
import { applyReceipts, receipt } from '../support/receipts.ts';
import {
  createAppointment,
  createRemindedClient,
  createRemindingSalon,
  plan,
} from '../support/reminders.ts';
import { createSalon, type TestSalon } from '../support/salons.ts';
import { monday, tuesday } from '../support/scene.ts';

// What Realtime is told, and who may hear it; the stand-in has what Supabase makes.
const POLICY = `select polname from pg_policy where polrelid = to_regclass('realtime.messages')`;

let database: TestDatabase;
let salon: TestSalon;
let other: TestSalon;

const admin = (sql: string) => withClient(database.adminUrl, (client) => client.query(sql));

beforeAll(async () => {
  database = await createTestDatabase({ template: 'bare' });
  await withClient(database.adminUrl, createRealtime);
  await applyMigrations(database);
  salon = await createSalon(database, { username: 'psi-styl' });
  other = await createSalon(database, { username: 'polska-lapa' });
});
beforeEach(() => admin('delete from realtime.messages'));
afterAll(() => database.drop());

/** What was sent, in the order of the topics. */
const sent = async () =>
  (await withClient(
    database.adminUrl,
    (client) =>
      client.query('select topic, event, payload, private from realtime.messages order by topic'),
  ))
    .rows;
const changed = ({ id }: TestSalon) => ({
  topic: `salon:${id}`,
  event: 'changed',
  payload: {},
  private: true,
});
const addClients = (names: string, salonId: string) =>
  `insert into public.clients (salon_id, name, surname, phone_number)
   select '${salonId}', name, name, '+48501220314' from unnest(string_to_array('${names}', ' ')) as name`;

describe('a change', () => {
  it('by a delivery is announced once to its salon, without data', async () => {
    await deliver(database, booking({ uid: 'a' }), { salonId: salon.id });
    expect(await sent()).toEqual([changed(salon)]);
  });

  it('by a member is announced', async () => {
    await database.query(addClients('Zofia', salon.id));
    await admin('delete from realtime.messages');
    await database.as(
      'authenticated',
      salon.ownerId,
      (client) =>
        client.query(`update public.clients set name = 'Zuzanna' where salon_id = $1`, [salon.id]),
    );
    expect(await sent()).toEqual([changed(salon)]);
  });

  it('of many rows of two salons is announced once to each', async () => {
    await database.query(
      `begin; ${addClients('A B C', salon.id)}; ${addClients('D E', other.id)}; commit`,
    );
    expect(await sent()).toHaveLength(2);
    expect(await sent()).toEqual(expect.arrayContaining([changed(salon), changed(other)]));
  });

  it('is announced again by the next transaction', async () => {
    await withClient(database.url, async (client) => {
      await client.query(addClients('A', salon.id));
      await client.query(addClients('B', salon.id));
    });
    expect(await sent()).toEqual([changed(salon), changed(salon)]);
  });

  it('of many salons, row by row, remembers a hundred of them only', async () => {
    const remembered = await withClient(database.url, async (client) => {
      await client.query(`begin;
        insert into auth.users (id, email)
          select gen_random_uuid(), n || '@lapa.example' from generate_series(1, 150) n;
        insert into public.salons (id, user_id, name)
          select u.id, u.id, 'Łapa' from auth.users u where u.email like '%@lapa.example'`);
      await client.query('delete from realtime.messages');
      for (const pass of [1, 2]) {
        await client.query(
          `insert into public.clients (salon_id, name, surname, phone_number)
           select s.id, 'A', 'B', $1 from public.salons s, generate_series(1, 3)
           where s.name = 'Łapa' order by s.id`,
          [`+4850122031${pass}`],
        );
      }
      const { rows: [row] } = await client.query<{ topics: number; times: number; bytes: number }>(
        `select count(distinct topic)::integer as topics, count(*)::integer as times,
           length(current_setting('barkbook.announced')) as bytes from realtime.messages`,
      );
      await client.query('rollback');
      return row;
    });
    expect(remembered).toEqual({ topics: 150, times: 300, bytes: 3600 });
  });

  it('that is rolled back is not announced, and what follows it is', async () => {
    await withClient(database.url, async (client) => {
      await client.query(`begin; savepoint a; ${addClients('A', salon.id)}; rollback to a`);
      await client.query(`${addClients('B', salon.id)}; commit`);
      await client.query(`begin; ${addClients('C', other.id)}; rollback`);
    });
    expect(await sent()).toEqual([changed(salon)]);
  });

  it('by a delivery that is not applied is announced, too', async () => {
    await deliver(database, booking({ trigger: 'BOOKING_CANCELLED', uid: 'never-heard-of' }), {
      salonId: other.id,
    });
    expect(await sent()).toEqual([changed(other)]);
  });

  it('by a reply to an SMS is announced', async () => {
    await database.query(
      `insert into public.sms_inbox (salon_id, phone, body) values ($1, '+48501220314', 'Kto to?')`,
      [salon.id],
    );
    expect(await sent()).toEqual([changed(salon)]);
  });

  it('of an SMS is announced if it is shown: planned, joined, sent and delivered', async () => {
    await database.query('truncate public.salons cascade');
    salon = await createRemindingSalon(database, { username: 'psi-styl' });
    other = await createSalon(database, { username: 'polska-lapa' });
    const anna = await createRemindedClient(database, salon.id, { pets: ['Reksio', 'Burek'] });
    const book = (pet: string, start: string, created: string) =>
      createAppointment(database, salon.id, { client: anna, pet, start, created });
    await book('Reksio', tuesday('12:00'), monday('21:00'));
    /** Whether a step is announced. */
    const announces = async (step: () => Promise<unknown>) => {
      await admin('delete from realtime.messages');
      await step();
      return (await sent()).length > 0;
    };
    const [now, claims] = [tuesday('08:00'), [] as Claim[]];
    const theClaim = () => claims[0] ?? expect.fail('nothing was claimed');
    expect(await announces(() => plan(database, monday('21:10')))).toBe(true);
    await book('Burek', tuesday('13:00'), monday('21:30'));
    expect(await announces(() => plan(database, monday('21:40')))).toBe(true);
    expect(await announces(async () => claims.push(await claimOne(database, now)))).toBe(false);
    expect(await announces(() => beginDispatch(database, theClaim(), now))).toBe(false);
    expect(
      await announces(() =>
        settle(database, theClaim(), now, { outcome: 'accepted', providerId: 'A1' })
      ),
    ).toBe(true);
    expect(await announces(() => applyReceipts(database, [receipt('sent')], { now }))).toBe(false);
    expect(await announces(() => applyReceipts(database, [receipt('delivered')], { now })))
      .toBe(true);
  });

  it('is made although Realtime fails', async () => {
    await admin(
      `alter function realtime.send(jsonb, text, text, boolean) rename to send_well;
       create function realtime.send(jsonb, text, text, boolean) returns void language plpgsql
       as 'begin raise exception ''no partition''; end'`,
    );
    await deliver(database, booking({ uid: 'b' }), { salonId: salon.id });
    await admin(
      `drop function realtime.send(jsonb, text, text, boolean);
       alter function realtime.send_well(jsonb, text, text, boolean) rename to send`,
    );
    expect(await sent()).toEqual([]);
    expect(
      await database.query(`select from public.calendar_events where cal_com_event_id = 'b'`),
    ).toHaveLength(1);
  });
});

describe('the topic of a salon', () => {
  /** How Realtime judges who may join: it sets the topic and reads a message of its own. */
  const hears = async (userId: string | null, topic: string, extension = 'broadcast') =>
    await withClient(database.adminUrl, async (client) => {
      await client.query('begin');
      await client.query(`insert into realtime.messages (topic, extension) values ($1, $2)`, [
        topic,
        extension,
      ]);
      await client.query(`set local role ${userId === null ? 'anon' : 'authenticated'}`);
      await client.query(
        `select set_config('request.jwt.claims', $1, true), set_config('realtime.topic', $2, true)`,
        [JSON.stringify({ sub: userId }), topic],
      );
      const { rowCount } = await client.query('select from realtime.messages');
      await client.query('rollback');
      return rowCount === 1;
    });

  it('is heard by its owner and its staff', async () => {
    expect(await hears(salon.ownerId, `salon:${salon.id}`)).toBe(true);
    await database.query(
      `insert into public.salon_members (salon_id, user_id, role) values ($1, $2, 'staff')`,
      [other.id, salon.ownerId],
    );
    expect(await hears(salon.ownerId, `salon:${other.id}`)).toBe(true);
    await database.query('delete from public.salon_members where user_id = $1', [salon.ownerId]);
  });

  it('is heard by no member of another salon, and by nobody without an account', async () => {
    expect(await hears(salon.ownerId, `salon:${other.id}`)).toBe(false);
    expect(await hears(null, `salon:${salon.id}`)).toBe(false);
  });

  it('allows nothing but Broadcast, and no other topic', async () => {
    expect(await hears(salon.ownerId, `salon:${salon.id}`, 'presence')).toBe(false);
    expect(await hears(salon.ownerId, 'rooms')).toBe(false);
  });

  it('is written to by no member', async () => {
    const write = database.as(
      'authenticated',
      salon.ownerId,
      (client) =>
        client.query(`insert into realtime.messages (topic, extension) values ($1, 'broadcast')`, [
          `salon:${salon.id}`,
        ]),
    );
    await expect(write).rejects.toMatchObject({ code: '42501' });
  });
});

describe('the policy', () => {
  const setUp = async (from = database) =>
    (await from.query('select private.setup_realtime() as is'))[0];

  it('is made once, and again where it is missing', async () => {
    expect(await setUp()).toEqual({ is: 'members hear of changes' });
    await admin('drop policy "members can hear of changes to their salon" on realtime.messages');
    expect(await setUp()).toEqual({ is: 'members hear of changes' });
    expect(await database.query(POLICY)).toEqual([
      { polname: 'members can hear of changes to their salon' },
    ]);
  });

  it('does without Realtime', async () => {
    const bare = await createTestDatabase();
    expect(await setUp(bare)).toEqual({ is: 'there is none' });
    await deliver(bare, booking(), { salonId: (await createSalon(bare)).id });
    await bare.drop();
  });

  it('that may not be made is no failure of the migrations', async () => {
    const restricted = await createTestDatabase({ template: 'bare' });
    await withClient(restricted.adminUrl, async (client) => {
      await createRealtime(client);
      await client.query('alter table realtime.messages owner to supabase_admin');
    });
    await applyMigrations(restricted);
    expect(await setUp(restricted)).toEqual({
      is: 'members hear of nothing: must be owner of table messages',
    });
    await restricted.drop();
  });

  it('goes with our tables', async () => {
    const admin = directDatabase(database.url);
    await deleteTables(admin, await readTables(admin));
    expect(await database.query(POLICY)).toEqual([]);
  });
});
