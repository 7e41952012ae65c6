import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { syncedRows } from '../support/calendar-rows.ts';
import {
  addZofiasData,
  callForClient,
  createZofiasSalon,
  type ZofiasSalon,
} from '../support/erasure.ts';
import { columnsWithTraces } from '../support/traces.ts';

let database: TestDatabase;
let ours: ZofiasSalon;

beforeEach(async () => {
  database = await createTestDatabase();
  ours = await createZofiasSalon(database, 'psi-styl');
  await addZofiasData(database, ours, 'psi-styl');
});
afterEach(() => database.drop());

const erase = () => callForClient(database, 'erase_client', ours.clientId, ours.salon.ownerId);
const count = async (table: string) =>
  (await database.query(`select count(*)::integer as n from ${table}`))[0]?.['n'];

it('erasing a client removes phone, e-mail and name from every table of every schema', async () => {
  expect(await columnsWithTraces(database)).toEqual([
    'public.calendar_events.attendee_email',
    'public.calendar_events.attendee_name',
    'public.calendar_events.attendee_phone',
    'public.calendar_events.cancellation_reason',
    'public.calendar_events.description',
    'public.calendar_events.fold_state',
    'public.calendar_events.location',
    'public.calendar_events.meeting_url',
    'public.calendar_events.salon_note',
    'public.calendar_events.title',
    'public.clients.address',
    'public.clients.email',
    'public.clients.name',
    'public.clients.phone_number',
    'public.clients.surname',
    'public.pets.notes',
    'public.sms_inbox.body',
    'public.sms_inbox.phone',
    'public.sms_messages.body',
    'public.sms_messages.phone',
    'public.sms_messages.phone_number',
    'public.sms_opt_outs.phone',
    'public.webhook_logs.booking',
    'public.webhook_logs.payload',
  ]);
  await erase();
  expect(await columnsWithTraces(database)).toEqual([]);
});

it('the number of erased rows of each table is returned and recorded', async () => {
  const counts = {
    clients: 1,
    pets: 1,
    client_pets: 2,
    calendar_events: 3,
    webhook_logs: 7,
    sms_messages: 2,
    sms_inbox: 1,
    sms_opt_outs: 1,
  };
  expect(await erase()).toEqual(counts);
  expect(
    await database.query('select client_id, salon_id, erased_by, counts from client_erasures'),
  ).toEqual([{
    client_id: ours.clientId,
    salon_id: ours.salon.id,
    erased_by: ours.salon.ownerId,
    counts,
  }]);
});

it('erasing a client again changes nothing', async () => {
  await erase();
  const left = await syncedRows(database, ours.salon.id);
  expect(new Set(Object.values(await erase()))).toEqual(new Set([0]));
  expect(await syncedRows(database, ours.salon.id)).toEqual(left);
  expect(await count('client_erasures')).toBe(1);
});

it('erased appointments keep their times and statuses', async () => {
  const what = `select cal_com_event_id, start_time, end_time, status, cancelled_at, created_at
    from calendar_events order by 1`;
  const before = await database.query(what);
  await erase();
  expect(await database.query(what)).toEqual(before);
});

it('every delivery and message is kept as a row', async () => {
  const tables = ['webhook_logs', 'sms_messages'];
  const before = await Promise.all(tables.map(count));
  await erase();
  expect(await Promise.all(tables.map(count))).toEqual(before);
});

it('a pending message is cancelled, and a sent one stays sent', async () => {
  await erase();
  expect(await database.query('select status, reason from sms_messages order by status')).toEqual([
    { status: 'sent', reason: null },
    { status: 'cancelled', reason: 'erased' },
  ]);
});

describe('data shared with other clients', () => {
  it('a shared pet is kept, without her number in its notes', async () => {
    await erase();
    expect(await database.query('select name, notes from pets')).toEqual([
      { name: 'Borys', notes: 'Odbiera też [usunięto]' },
    ]);
  });

  it('an appointment that she attends as a guest is kept, without her contact', async () => {
    await erase();
    const [appointment] = await database.query(
      `select e.description, e.attendee_email, c.name, l.booking -> 'attendees' as attendees
       from calendar_events e join clients c on c.id = e.client_id
       join webhook_logs l on l.cal_com_event_id = e.cal_com_event_id
       where e.cal_com_event_id = 'psi-styl-jan'`,
    );
    expect(appointment).toEqual({
      name: 'Jan',
      description: 'Przyjdzie [usunięto], [usunięto]',
      attendee_email: 'jan@poczta.example',
      attendees: [
        { email: 'jan@poczta.example', phone: null, noShow: null },
        { email: 'erased@erased.invalid', phone: null, noShow: null },
      ],
    });
  });
});

it('another salon with the same client keeps all of its data', async () => {
  const theirs = await createZofiasSalon(database, 'inny-salon');
  await addZofiasData(database, theirs, 'inny-salon');
  const theirRows = async () => {
    const tables = ['clients', 'pets', 'calendar_events', 'webhook_logs', 'sms_messages'];
    return await Promise.all([...tables, 'sms_inbox', 'sms_opt_outs'].map((table) =>
      database.query(
        `select to_jsonb(t) as row from ${table} t where t.salon_id = $1 order by 1`,
        [theirs.salon.id],
      )
    ));
  };
  const before = await theirRows();
  await erase();
  expect(await theirRows()).toEqual(before);
});
