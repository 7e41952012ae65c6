import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { GROOMING } from '../../../cli/simulator/world/services.ts';
import {
  type Appointments,
  CALCOM_TIMEOUT_MS,
  startAppointments,
} from '../support/appointments.ts';

let stack: Appointments;

beforeAll(async () => {
  stack = await startAppointments();
});
beforeEach(async () => {
  stack.town.account.bookings.length = 0;
  await stack.database.query('delete from calendar_events');
  await stack.database.query('delete from webhook_logs');
});
afterAll(() => stack.stop());

const act = (body: object) => stack.call(stack.ownerId, body);
const cancelCommand = (eventId: string) => ({
  action: 'cancel',
  eventId,
  reason: 'choroba',
  requestKey: randomUUID(),
});
const bookCommand = () => ({
  action: 'book',
  salonId: stack.salonId,
  eventTypeId: GROOMING.id,
  start: '2030-01-07T10:00:00Z',
  clientId: stack.clientId,
  requestKey: randomUUID(),
});

describe('a repeated request key', () => {
  it('gets the first answer, and nothing is done again', async () => {
    const command = bookCommand();
    const first = await act(command);
    const writes = stack.calcom.writes.length;
    expect((await act(command)).body).toEqual(first.body);
    expect(stack.calcom.writes).toHaveLength(writes);
    expect(stack.town.account.bookings).toHaveLength(1);
  });

  it('gets the first answer if the calendar did not have it yet', async () => {
    const { eventId } = await stack.book();
    const command = cancelCommand(eventId);
    stack.gate.refuse('sync_bookings');
    const first = await act(command);
    stack.gate.admit('sync_bookings');
    expect(first.body).toMatchObject({ ok: true, shown: false });
    expect((await act(command)).body).toEqual(first.body);
  });

  it('sent at the same time books once, and all get the same answer', async () => {
    const command = bookCommand();
    const writes = stack.calcom.writes.length;
    const replies = await Promise.all([act(command), act(command), act(command)]);
    expect(stack.calcom.writes.length - writes).toBe(1);
    expect(new Set(replies.map(({ text }) => text)).size).toBe(1);
  });

  it('gets the first failure', async () => {
    const { eventId } = await stack.book();
    const command = cancelCommand(eventId);
    stack.calcom.fail({ status: 403, body: null });
    await act(command);
    expect((await act(command)).body).toMatchObject({ code: 'key_refused' });
  });

  it('of another action is refused', async () => {
    const [one, other] = [await stack.book(), await stack.book({ inHours: 3 })];
    const command = cancelCommand(one.eventId);
    await act(command);
    for (
      const changed of [{ ...command, eventId: other.eventId }, { ...command, action: 'confirm' }]
    ) {
      expect((await act(changed)).body).toMatchObject({ code: 'request_key_reused' });
    }
    expect(other.stored.status).toBe('accepted');
  });

  it('gets the first answer after the client was assigned', async () => {
    const { eventId } = await stack.book();
    const command = cancelCommand(eventId);
    await act(command);
    await stack.database.query(
      `update calendar_events set client_id = $2, link_source = 'manual' where id = $1`,
      [eventId, stack.clientId],
    );
    expect((await act(command)).body).toMatchObject({ ok: true, eventId });
  });

  it('whose function died looks what came of it, and does not act again', async () => {
    const { eventId, stored } = await stack.book();
    const command = cancelCommand(eventId);
    await stack.database.query(
      `insert into salon_activity
         (salon_id, event_id, action, outcome, request_key, created_at)
       values ($1, $2, 'cancel', 'pending', $3, now() - interval '10 minutes')`,
      [stack.salonId, eventId, command.requestKey],
    );
    stored.status = 'cancelled';
    const writes = stack.calcom.writes.length;
    expect((await act(command)).body).toMatchObject({ ok: true });
    expect(stack.calcom.writes).toHaveLength(writes);
    expect(await stack.appointment(eventId)).toMatchObject({ status: 'cancelled' });
  });
});

describe('an answer that is lost', () => {
  it.each(['fails', 'silent'] as const)('does not hide what was done: Cal.com %s', async (how) => {
    const { eventId } = await stack.book();
    stack.calcom.lose(how);
    expect((await act(cancelCommand(eventId))).body).toMatchObject({ ok: true, shown: true });
    expect(await stack.appointment(eventId)).toMatchObject({ status: 'cancelled' });
  });

  it('is calcom_unreachable if Cal.com shows nothing', async () => {
    const { eventId, stored } = await stack.book();
    stack.calcom.fail({ status: 502, body: null });
    const { status, body } = await act(cancelCommand(eventId));
    expect([status, body]).toMatchObject([502, {
      code: 'calcom_unreachable',
      url: `https://cal.com/booking/${stored.booking.uid}?cancel=true`,
    }]);
    expect(await stack.appointment(eventId)).toMatchObject({ status: 'scheduled' });
  });
});

describe('a salon without a key', () => {
  const keyless = async (run: () => Promise<void>) => {
    const set = (key: string) =>
      stack.database.query('select set_calcom_api_key($1, $2)', [stack.salonId, key]);
    await set('');
    await run().finally(() => set(stack.town.account.apiKey));
  };

  it('gets the page of Cal.com for each action, and nothing is recorded', async () => {
    const { eventId, stored: { booking: { uid } } } = await stack.book();
    await stack.database.query('delete from salon_activity');
    await keyless(async () => {
      const urlOf = async (body: object) => {
        const { body: answer } = await act({ eventId, ...body });
        return answer.ok ? 'done' : `${answer.code} ${answer.url}`;
      };
      expect([
        await urlOf({ action: 'cancel', reason: 'x' }),
        await urlOf({ action: 'move', start: '2030-01-01T10:00:00Z' }),
        await urlOf({ action: 'confirm' }),
        await urlOf({ action: 'event_types', salonId: stack.salonId }),
        await urlOf({ action: 'event_types', salonId: stack.salonId, clientId: stack.clientId }),
      ]).toEqual([
        `key_missing https://cal.com/booking/${uid}?cancel=true`,
        `key_missing https://cal.com/reschedule/${uid}`,
        `key_missing https://cal.com/booking/${uid}`,
        'key_missing https://cal.com/psi-styl',
        expect.stringContaining('key_missing https://cal.com/psi-styl?name=Zofia+Kaczmarek'),
      ]);
      expect((await act(bookCommand())).body).toMatchObject({
        code: 'key_missing',
        url: expect.stringContaining('https://cal.com/psi-styl?name=Zofia+Kaczmarek'),
      });
    });
    expect(await stack.database.query('select from salon_activity')).toEqual([]);
  });
});

it('a wrong key is key_refused', async () => {
  const { eventId } = await stack.book();
  await stack.database.query('select set_calcom_api_key($1, $2)', [stack.salonId, 'cal_wrong']);
  expect((await act(cancelCommand(eventId))).body).toMatchObject({ code: 'key_refused' });
  await stack.database.query('select set_calcom_api_key($1, $2)', [
    stack.salonId,
    stack.town.account.apiKey,
  ]);
});

it('a salon whose Cal.com is slow does not delay another', async () => {
  const { eventId } = await stack.book();
  stack.calcom.lose('silent');
  const slow = act(cancelCommand(eventId));
  const startedAtMs = performance.now();
  await stack.call(stack.outsiderId, { action: 'event_types', salonId: stack.otherSalonId });
  expect(performance.now() - startedAtMs).toBeLessThan(CALCOM_TIMEOUT_MS);
  await slow;
});

it('a database that fails is database_unavailable, and Cal.com is not asked', async () => {
  const { eventId } = await stack.book();
  const asked = stack.calcom.requests.length;
  stack.gate.refuse('start_salon_action');
  const { status, body } = await act(cancelCommand(eventId));
  stack.gate.admit('start_salon_action');
  expect([status, body]).toMatchObject([503, { code: 'database_unavailable' }]);
  expect(stack.calcom.requests).toHaveLength(asked);
});
