import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import {
  beginDispatch,
  claim,
  claimOne,
  dispatch,
  type Provider,
  recoverAndExpire,
  settle,
  SMSAPI,
  TWILIO,
} from '../support/outbox.ts';
import {
  createAppointment,
  createRemindedClient,
  createRemindingSalon,
  forgetReminders,
  moveAppointment,
  plan,
  type RemindedClient,
} from '../support/reminders.ts';
import type { TestSalon } from '../support/salons.ts';
import { monday, tuesday } from '../support/scene.ts';

// Whether a client is told is judged by what their number was told last, whatever other clients or
// numbers were told meanwhile.
const ANNAS = '+48600100200';
const BEAS = '+48600100300';

let database: TestDatabase;
let salon: TestSalon;
let anna: RemindedClient;
let bea: RemindedClient;
let appointmentId: string;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await forgetReminders(database);
  salon = await createRemindingSalon(database);
  anna = await createRemindedClient(database, salon.id);
  bea = await createRemindedClient(database, salon.id, { name: 'Bea', phone: '600 100 300' });
  appointmentId = await createAppointment(database, salon.id, {
    client: anna,
    start: tuesday('15:00'),
  });
});
afterAll(() => database.drop());

const setPhone = (client: RemindedClient, phone: string) =>
  database.query('update clients set phone_number = $2 where id = $1', [client.id, phone]);
const assign = (client: RemindedClient) =>
  database.query('update calendar_events set client_id = $1', [client.id]);
const move = (start: string, at: string) => moveAppointment(database, appointmentId, start, at);

/** Plans and sends at a time; returns what was sent, as number and start, or why it was not. */
async function run(now: string, provider = SMSAPI): Promise<string[]> {
  await recoverAndExpire(database, now);
  await plan(database, now);
  const texts: string[] = [];
  for (const claimed of await claim(database, now, { provider })) {
    const verdict = await beginDispatch(database, claimed, now);
    if (verdict === 'go') await settle(database, claimed, now, { outcome: 'accepted' });
    const starts = claimed.appointments.map(({ startTime }) => hour(startTime));
    texts.push(verdict === 'go' ? `${claimed.phone} ${starts.join(' ')}` : verdict);
  }
  return texts;
}

/** Sends the only due message without learning whether it arrived. */
async function sendIntoTheDark(now: string, provider: Provider) {
  const claimed = await dispatch(database, now, provider);
  await settle(database, claimed, now, { outcome: 'ambiguous', code: 'timeout' });
}

function hour(startTime: string): string {
  return new Intl.DateTimeFormat('pl', {
    timeZone: 'Europe/Warsaw',
    hour: '2-digit',
    minute: '2-digit',
  }).format(new Date(startTime));
}

describe('an appointment that comes back to a client who was told', () => {
  beforeEach(async () => {
    expect(await run(monday('17:00'))).toEqual([`${ANNAS} 15:00`]);
  });

  it('is not told again after another client was told', async () => {
    await assign(bea);
    expect(await run(monday('17:05'))).toEqual([`${BEAS} 15:00`]);
    await assign(anna);
    expect(await run(monday('17:10'))).toEqual([]);
  });

  it('is not told again after another client could not be told', async () => {
    await database.query('update clients set has_gdpr_consent = false where id = $1', [bea.id]);
    await assign(bea);
    expect(await run(monday('17:05'))).toEqual([]);
    await assign(anna);
    expect(await run(monday('17:10'))).toEqual([]);
  });

  it('is not told again after a message to another client waited in the night', async () => {
    await assign(bea);
    expect(await run(monday('20:05'))).toEqual([]);
    await assign(anna);
    expect(await run(tuesday('08:00'))).toEqual(['event_gone']);
    expect(await run(tuesday('08:05'))).toEqual([]);
  });

  it('is told if its time is another than the last that the client was told', async () => {
    await move(tuesday('16:00'), monday('17:05'));
    expect(await run(monday('17:15'))).toEqual([`${ANNAS} 16:00`]);
    await assign(bea);
    expect(await run(monday('17:20'))).toEqual([`${BEAS} 16:00`]);
    await assign(anna);
    await move(tuesday('15:00'), monday('17:25'));
    expect(await run(monday('17:35'))).toEqual([`${ANNAS} 15:00`]);
    expect(await run(monday('17:40'))).toEqual([]);
  });

  it('is told if it moved while it was somebody else’s', async () => {
    await assign(bea);
    await move(tuesday('16:00'), monday('17:05'));
    expect(await run(monday('17:15'))).toEqual([`${BEAS} 16:00`]);
    await assign(anna);
    expect(await run(monday('17:20'))).toEqual([`${ANNAS} 16:00`]);
  });
});

describe('a number that is corrected back', () => {
  beforeEach(async () => {
    expect(await run(monday('17:00'))).toEqual([`${ANNAS} 15:00`]);
    await setPhone(anna, '600 100 300');
  });

  it('is not told again after the other number was told', async () => {
    expect(await run(monday('17:05'))).toEqual([`${BEAS} 15:00`]);
    await setPhone(anna, '600 100 200');
    expect(await run(monday('17:10'))).toEqual([]);
  });

  it('is not told again by the message that waited for the other number', async () => {
    expect(await run(monday('20:05'))).toEqual([]);
    await setPhone(anna, '600 100 200');
    expect(await run(tuesday('08:00'))).toEqual(['event_gone']);
    expect(await run(tuesday('08:05'))).toEqual([]);
  });

  it('is told only what else that message waited to tell', async () => {
    await plan(database, monday('20:05'));
    await createAppointment(database, salon.id, {
      client: anna,
      start: tuesday('17:00'),
      created: monday('20:10'),
    });
    await plan(database, monday('20:20'));
    await setPhone(anna, '600 100 200');
    expect(await run(tuesday('08:00'))).toEqual(['needs_rerender']);
    expect(await run(tuesday('08:00'))).toEqual([`${ANNAS} 17:00`]);
    expect(await run(tuesday('08:05'))).toEqual([]);
  });
});

it('a new number is told although the last message of the old one was given up', async () => {
  await plan(database, monday('17:00'));
  const claimed = await dispatch(database, monday('17:00'));
  await database.query('update sms_messages set attempts = 6');
  await settle(database, claimed, monday('17:00'), { outcome: 'transient', code: 'http_503' });
  expect(await run(monday('17:05'))).toEqual([]);
  await setPhone(anna, '600 100 300');
  expect(await run(monday('17:10'))).toEqual([`${BEAS} 15:00`]);
});

describe('a message that may have been sent before the number was corrected', () => {
  it('is not repeated to the new number, which gets a message of its own', async () => {
    await plan(database, monday('17:00'));
    await sendIntoTheDark(monday('17:00'), SMSAPI);
    await setPhone(anna, '600 100 300');
    const claimed = await claimOne(database, monday('17:05'));
    expect(claimed.phone).toBe(ANNAS);
    expect(await beginDispatch(database, claimed, monday('17:05'), { phone: BEAS }))
      .toBe('event_gone');
    expect(await run(monday('17:10'))).toEqual([`${BEAS} 15:00`]);
    expect(await run(monday('17:15'))).toEqual([]);
    expect(await database.query('select phone, status, reason from sms_messages order by 1'))
      .toEqual([
        { phone: ANNAS, status: 'dead', reason: 'ambiguous' },
        { phone: BEAS, status: 'sent', reason: null },
      ]);
  });

  it('is repeated if only the form of the number changed', async () => {
    await plan(database, monday('17:00'));
    await sendIntoTheDark(monday('17:00'), SMSAPI);
    await setPhone(anna, '+48 600-100-200');
    expect(await run(monday('17:05'))).toEqual([`${ANNAS} 15:00`]);
  });

  it('keeps its number while it is looked up, and the new number is told', async () => {
    await plan(database, monday('17:00'));
    await sendIntoTheDark(monday('17:00'), TWILIO);
    await setPhone(anna, '600 100 300');
    const lookUp = await claimOne(database, monday('17:05'), TWILIO);
    expect(lookUp).toMatchObject({ was_unknown: true, sent_to: ANNAS });
    await settle(database, lookUp, monday('17:05'), { outcome: 'accepted', providerId: 'SM1' });
    expect(await run(monday('17:10'), TWILIO)).toEqual([`${BEAS} 15:00`]);
  });

  it('is not repeated after one of its appointments moved', async () => {
    await createAppointment(database, salon.id, { client: anna, start: tuesday('17:00') });
    await plan(database, monday('17:00'));
    await sendIntoTheDark(monday('17:00'), SMSAPI);
    await move(tuesday('16:00'), monday('17:01'));
    expect(await run(monday('17:05'))).toEqual(['event_gone']);
    expect(await run(monday('17:15'))).toEqual([`${ANNAS} 16:00`]);
  });
});

it('a message is not repeated after another text about its appointment went out', async () => {
  expect(await run(monday('17:00'))).toEqual([`${ANNAS} 15:00`]);
  await move(tuesday('16:00'), monday('17:02'));
  await plan(database, monday('17:15'));
  const claimed = await dispatch(database, monday('17:15'));
  await settle(database, claimed, monday('17:15'), { outcome: 'ambiguous', code: 'timeout' });
  const again = await dispatch(database, monday('17:20'));
  await settle(database, again, monday('17:20'), { outcome: 'transient', retryAfter: 1800 });
  await move(tuesday('15:00'), monday('17:21'));
  expect(await run(monday('17:35'))).toEqual([`${ANNAS} 15:00`]);
  await move(tuesday('16:00'), monday('17:36'));
  expect(await run(monday('17:55'))).toEqual(['event_gone']);
  await database.query('update sms_settings set quiet_from = quiet_to');
  expect(await run(tuesday('01:00'))).toEqual([`${ANNAS} 16:00`]);
});
