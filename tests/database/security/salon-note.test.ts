import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createTenant, type Tenant } from '../support/tenant.ts';

let database: TestDatabase;
let ours: Tenant;
let outsider: Tenant;

beforeAll(async () => {
  database = await createTestDatabase();
  ours = await createTenant(database, 'psi-styl');
  outsider = await createTenant(database, 'inny-salon');
});
beforeEach(async () => {
  await database.query('update calendar_events set salon_note = null');
  await database.query('delete from salon_activity');
});
afterAll(() => database.drop());

type Note = string | null;

const SET = 'select public.set_salon_note($1, $2, $3)';
const write = (note: Note, before: Note, userId = ours.ownerId, eventId = ours.eventId) =>
  database.as('authenticated', userId, (client) => client.query(SET, [eventId, note, before]));

async function notes(): Promise<Note[]> {
  const rows = await database.query<{ note: Note }>(
    `select e.salon_note as note from calendar_events e join salons s on s.id = e.salon_id
     where e.id = any ($1) order by array_position($1, e.id)`,
    [[ours.eventId, outsider.eventId]],
  );
  return rows.map(({ note }) => note);
}

describe('a note is written', () => {
  it('by owner and staff, each over what they had read', async () => {
    await write('Boi się suszarki', null, ours.ownerId);
    await write('Boi się suszarki i psów', 'Boi się suszarki', ours.staffId);
    await write(null, 'Boi się suszarki i psów', ours.staffId);
    expect(await notes()).toEqual([null, null]);
    expect(await database.query('select action, actor_id from salon_activity order by created_at'))
      .toEqual([ours.ownerId, ours.staffId, ours.staffId].map((actor_id) => ({
        action: 'note',
        actor_id,
      })));
  });

  it('not over one that somebody else wrote since', async () => {
    await write('Pierwsza', null, ours.ownerId);
    await expect(write('Druga', null, ours.staffId))
      .rejects.toMatchObject({ code: 'PT412', detail: 'note_changed' });
    await expect(write(null, 'Zerowa', ours.staffId)).rejects.toMatchObject({ code: 'PT412' });
    expect(await notes()).toEqual(['Pierwsza', null]);
  });

  it('not again after somebody removed it', async () => {
    await expect(write('Druga', 'Pierwsza')).rejects.toMatchObject({ code: 'PT412' });
    expect(await notes()).toEqual([null, null]);
  });

  it('twice with the same text, which is no conflict and one entry of activity', async () => {
    await write('To samo', null, ours.ownerId);
    await write('To samo', null, ours.staffId);
    expect(await notes()).toEqual(['To samo', null]);
    expect(await database.query('select actor_id from salon_activity'))
      .toEqual([{ actor_id: ours.ownerId }]);
  });

  it('once, if two members write at the same time', async () => {
    await database.as('authenticated', ours.ownerId, async (first) => {
      await first.query(SET, [ours.eventId, 'Pierwsza', null]);
      const second = write('Druga', null, ours.staffId);
      await new Promise((resolve) => setTimeout(resolve, 50));
      await first.query('commit');
      await expect(second).rejects.toMatchObject({ code: 'PT412', detail: 'note_changed' });
    });
    expect(await notes()).toEqual(['Pierwsza', null]);
  });
});

it.each<[string, () => string, () => string]>([
  ['an outsider', () => outsider.ownerId, () => ours.eventId],
  ['a user without a salon', () => ours.newcomerId, () => ours.eventId],
  ['a member about another salon’s appointment', () => ours.ownerId, () => outsider.eventId],
  ['a member about an unknown one', () => ours.ownerId, () => randomUUID()],
])('for %s the appointment does not exist', async (_who, userId, eventId) => {
  // The same answer whether the note is what they say or not.
  for (const before of [null, 'Inna']) {
    await expect(write('Cudza', before, userId(), eventId()))
      .rejects.toMatchObject({ code: 'PT404' });
  }
  expect(await notes()).toEqual([null, null]);
});

it('nobody writes one without signing in', async () => {
  await expect(
    database.as('anon', null, (client) => client.query(SET, [ours.eventId, 'x', null])),
  ).rejects.toMatchObject({ code: '42501' });
});

it('a note that is too long is refused, and the old one stays', async () => {
  await write('Pierwsza', null);
  await expect(write('x'.repeat(2001), 'Pierwsza')).rejects.toMatchObject({ code: '23514' });
  expect(await notes()).toEqual(['Pierwsza', null]);
});
