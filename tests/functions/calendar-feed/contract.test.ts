import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createSalon, type TestSalon } from '../../database/support/salons.ts';
import {
  cancelAppointment,
  createAppointment,
  createRemindedClient,
  moveAppointment,
} from '../../database/support/reminders.ts';
import type { FunctionStack } from '../support/function-stack.ts';
import { readEvents, rotateToken, startFeed } from '../support/calendar-feed.ts';

const HOUR_MS = 3_600_000;

let feed: FunctionStack;
let salon: TestSalon;
let token: string;
let appointmentId: string;

beforeAll(async () => {
  feed = await startFeed();
});
beforeEach(async () => {
  await feed.database.query('delete from public.salons');
  salon = await createSalon(feed.database, { username: null });
  const client = await createRemindedClient(feed.database, salon.id, { pets: ['Reksio'] });
  appointmentId = await createAppointment(feed.database, salon.id, {
    client,
    pet: 'Reksio',
    start: inHours(24),
  });
  token = await rotateToken(feed.database, salon);
});
afterAll(() => feed.stop());

/** On the hour, as bookings are. */
function inHours(hours: number): string {
  return new Date((Math.floor(Date.now() / HOUR_MS) + hours) * HOUR_MS).toISOString();
}

const subscribe = (headers: Record<string, string> = {}) =>
  feed.fetch(`/${token}.ics`, { headers });
const events = async () => readEvents(await (await subscribe()).text());

describe('a subscriber', () => {
  it('gets the appointments of the salon at their times', async () => {
    const response = await subscribe();
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('private, no-cache');
    expect(readEvents(await response.text())).toMatchObject([{
      uid: `${appointmentId}@barkbook`,
      start: new Date(inHours(24)),
      end: new Date(inHours(25)),
      summary: 'Reksio',
      status: 'CONFIRMED',
    }]);
  });

  it('can also use the gateway of the project', async () => {
    const response = await fetch(`${feed.api.url}/functions/v1/calendar-feed/${token}.ics`);
    expect(readEvents(await response.text())).toHaveLength(1);
  });

  it('sees a cancelled appointment struck out and a pending one as tentative', async () => {
    await createAppointment(feed.database, salon.id, { start: inHours(26), status: 'pending' });
    await cancelAppointment(feed.database, appointmentId);
    expect(await events()).toMatchObject([
      { uid: `${appointmentId}@barkbook`, status: 'CANCELLED', transparency: 'TRANSPARENT' },
      { status: 'TENTATIVE' },
    ]);
  });

  it('sees an appointment that moved under the same uid, its sequence no lower', async () => {
    const [before] = await events();
    await moveAppointment(feed.database, appointmentId, inHours(30), inHours(0));
    const [after] = await events();
    expect(after).toMatchObject({ uid: before?.uid, start: new Date(inHours(30)) });
    expect(Number(after?.sequence)).toBeGreaterThanOrEqual(Number(before?.sequence));
  });

  it('gets more appointments than the Data API returns rows', async () => {
    await feed.database.query(
      `insert into public.calendar_events
         (cal_com_event_id, salon_id, title, start_time, end_time)
       select 'many-' || n, $1, 'Kąpiel', now() + n * interval '1 minute',
         now() + n * interval '1 minute' + interval '1 hour'
       from generate_series(1, 1100) n`,
      [salon.id],
    );
    expect(await events()).toHaveLength(1101);
  });

  it('gets neither old appointments nor those far in the future', async () => {
    await createAppointment(feed.database, salon.id, { start: inHours(-61 * 24) });
    await createAppointment(feed.database, salon.id, { start: inHours(366 * 24) });
    expect(await events()).toHaveLength(1);
  });

  it('gets nothing of another salon', async () => {
    const other = await createSalon(feed.database, { username: null });
    await createAppointment(feed.database, other.id, { start: inHours(5) });
    expect(await events()).toHaveLength(1);
  });
});

describe('an unchanged feed', () => {
  it('is identical byte for byte, and not sent again', async () => {
    const first = await subscribe();
    const etag = first.headers.get('etag') ?? '';
    expect(await (await subscribe()).text()).toBe(await first.text());
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const again = await subscribe({ 'if-none-match': known });
      expect(again.status).toBe(304);
      expect(again.headers.get('etag')).toBe(etag);
      expect(await again.text()).toBe('');
    }
  });

  it('is sent again once an appointment changed', async () => {
    const etag = (await subscribe()).headers.get('etag') ?? '';
    await cancelAppointment(feed.database, appointmentId);
    const again = await subscribe({ 'if-none-match': etag });
    expect(again.status).toBe(200);
    expect(again.headers.get('etag')).not.toBe(etag);
  });

  it('can be checked with HEAD', async () => {
    const full = await subscribe();
    const head = await feed.fetch(`/${token}.ics`, { method: 'HEAD' });
    expect(head.status).toBe(200);
    expect(head.headers.get('etag')).toBe(full.headers.get('etag'));
    expect(head.headers.get('content-length')).toBe(
      String(new TextEncoder().encode(await full.text()).byteLength),
    );
  });
});

describe('personal data', () => {
  beforeEach(async () => {
    await feed.database.query(
      `update public.calendar_events set attendee_email = 'anna@poczta.example',
         attendee_phone = '+48600100200', description = 'alergia na owies', location = 'ul. Polna 1',
         title = 'Strzyżenie: Anna Nowak i Psi Styl'`,
    );
    await feed.database.query(
      `update public.pets set allergies = 'owies', health_issues = 'padaczka', notes = 'gryzie'`,
    );
  });

  it('is left out: only the name of the pet is shown', async () => {
    const text = await (await subscribe()).text();
    expect(text).toContain('SUMMARY:Reksio\r\n');
    expect(text).not.toMatch(/anna|nowak|strzyżenie|600100200|owies|padaczka|gryzie|polna/i);
  });

  it('is limited to first name and title if the owner shows clients', async () => {
    await feed.database.query('update public.calendar_feeds set shows_clients = true');
    const text = await (await subscribe()).text();
    expect(readEvents(text)).toMatchObject([
      { summary: 'Reksio (Anna)', description: 'Strzyżenie: Anna Nowak i Psi Styl' },
    ]);
    expect(text).not.toMatch(/poczta|600100200|owies|padaczka|gryzie|polna/i);
  });
});

describe('an address', () => {
  it('stops working when the owner replaces it', async () => {
    const next = await rotateToken(feed.database, salon);
    expect((await subscribe()).status).toBe(404);
    expect((await feed.fetch(`/${next}.ics`)).status).toBe(200);
  });

  it.each([
    ['of an unknown salon', `/${'0'.repeat(64)}.ics`],
    ['without a token', '/.ics'],
    ['with an invalid token', `/${'z'.repeat(64)}.ics`],
    ['with the id of a salon', '/a0000000-0000-4000-8000-00000000000a.ics'],
    ['with more in front', `/x/${'0'.repeat(64)}.ics`],
    ['of the function', ''],
  ])('%s is not found', async (_which, path) => {
    const response = await feed.fetch(path);
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({ ok: false, code: 'not_found' });
  });

  it('with an invalid token causes no database call', async () => {
    const before = feed.api.restRequests();
    await feed.fetch(`/${'z'.repeat(64)}.ics`);
    await feed.fetch(`/${'0'.repeat(63)}.ics`);
    expect(feed.api.restRequests()).toBe(before);
  });

  it('is looked up in one database call', async () => {
    const before = feed.api.restRequests();
    await subscribe();
    expect(feed.api.restRequests()).toBe(before + 1);
  });

  it('can only be read', async () => {
    const response = await feed.fetch(`/${token}.ics`, { method: 'POST', body: '{}' });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, HEAD');
  });

  it('is not in the log, and neither is a name', async () => {
    await subscribe();
    await feed.fetch(`/${token.slice(1)}0.ics`);
    await expect.poll(() => feed.output()).toContain('"code":"not_found"');
    expect(feed.output()).toContain(`"msg":"feed calendar"`);
    expect(feed.output()).not.toContain(token.slice(1, 20));
    expect(feed.output()).not.toMatch(/reksio|anna/i);
  });
});
