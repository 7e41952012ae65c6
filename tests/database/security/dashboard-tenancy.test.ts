import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { attempt, type Caller, type Outcome, signedIn } from '../support/attempt.ts';
import { relationsWhere } from '../support/inventory.ts';
import { createTenant, type Tenant } from '../support/tenant.ts';
import { stopClock } from '../support/app-clock.ts';

/** An hour before the tenants' appointment. */
const NOW = '2026-09-15 07:00Z';

/** Views that the dashboard does not read. */
const NOT_ON_THE_DASHBOARD = [
  'due_reminders',
  'sms_occasions',
  'sms_rules',
  'tomorrows_appointments',
  'unplanned_appointments',
];

let database: TestDatabase;
let ours: Tenant;
let theirs: Tenant;
let views: string[];

beforeAll(async () => {
  database = await createTestDatabase();
  await stopClock(database, NOW);
  ours = await createTenant(database, 'psi-styl');
  theirs = await createTenant(database, 'inny-salon');
  for (const { eventId, salonId, clientId, messageId } of [ours, theirs]) {
    await database.query(`delete from public.sms_message_events where message_id = $1`, [
      messageId,
    ]);
    await database.query(
      `insert into public.webhook_logs (salon_id, webhook_type, payload, status, created_at)
       values ($1, 'BOOKING_CREATED', '{}', 'error', '2026-09-15 06:00Z')`,
      [salonId],
    );
    await database.query(
      `insert into public.calendar_events
         (cal_com_event_id, salon_id, client_id, pet_id, title, start_time, end_time, status)
       select e.cal_com_event_id || '-before', salon_id, $2, pet_id, title,
         '2026-09-10 08:00Z', '2026-09-10 09:00Z', 'completed'
       from public.calendar_events e where e.id = $1`,
      [eventId, clientId],
    );
    await database.query(
      `with settings as (
         update public.sms_settings set call_list_from = '08:00' where salon_id = $1
       )
       insert into public.calendar_events
         (cal_com_event_id, salon_id, client_id, title, start_time, end_time)
       values ($1::text, $1, $2, 'Kąpiel', '2026-09-16 08:00Z', '2026-09-16 09:00Z')`,
      [salonId, clientId],
    );
  }
  const all = await relationsWhere(database, `c.relkind = 'v'`);
  views = all.filter((view) => !NOT_ON_THE_DASHBOARD.includes(view));
});
afterAll(() => database.drop());

const anon: Caller = { role: 'anon', userId: null };
const service: Caller = { role: 'service_role', userId: null };

/** What a caller can read of one salon in every view. */
async function outcomes(caller: Caller, salonId: string): Promise<Record<string, Outcome>> {
  const result: Record<string, Outcome> = {};
  for (const view of views) {
    const column = view === 'my_salons' ? 'id' : 'salon_id';
    const statement = `select * from public.${view} where ${column} = '${salonId}'`;
    result[view] = await attempt(database, caller, statement);
  }
  return result;
}

const everywhere = (outcome: Outcome) => Object.fromEntries(views.map((view) => [view, outcome]));

describe('in every view of the dashboard', () => {
  it('owner and staff see their salon', async () => {
    expect(await outcomes(signedIn(ours.ownerId), ours.salonId)).toEqual(everywhere('yes'));
    expect(await outcomes(signedIn(ours.staffId), ours.salonId)).toEqual(everywhere('yes'));
  });

  it('another salon looks like one that does not exist: empty', async () => {
    const unknown = '00000000-0000-4000-8000-000000000000';
    for (const userId of [ours.ownerId, ours.staffId, ours.newcomerId]) {
      expect(await outcomes(signedIn(userId), theirs.salonId)).toEqual(everywhere('none'));
      expect(await outcomes(signedIn(userId), unknown)).toEqual(everywhere('none'));
    }
  });

  it('access without a user is denied', async () => {
    expect(await outcomes(anon, ours.salonId)).toEqual(everywhere('denied'));
  });

  it('service_role is denied access, except to the appointments of a salon it names', async () => {
    expect(await outcomes(service, ours.salonId)).toEqual({
      ...everywhere('denied'),
      appointments: 'yes',
    });
  });

  it('a member sees only their own salons without a filter', async () => {
    for (const view of views.filter((name) => name !== 'my_salons')) {
      const { rows } = await database.as(
        'authenticated',
        ours.staffId,
        (client) =>
          client.query(
            `select distinct salon_id from public.${view} where salon_id <> $1`,
            [ours.bareSalonId],
          ),
      );
      expect([view, rows]).toEqual([view, [{ salon_id: ours.salonId }]]);
    }
  });
});
