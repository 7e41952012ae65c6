import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { GROOMING, NAIL_CLIPPING, PUPPY_CLASS } from '../../../cli/simulator/world/services.ts';
import type { Service } from '../../../cli/simulator/world/booking.ts';
import { isRecord, type UnknownRecord } from '../../../shared/json/records.ts';
import { type CalcomAccount, store } from '../../support/calcom/account.ts';
import { listBookings } from '../../support/calcom/bookings-route.ts';
import { PAGINGS } from '../../support/calcom/pages.ts';
import { createRateLimit } from '../../support/calcom/rate-limit.ts';
import { createTown, DAY_MS, FIRST_DAY_MS } from '../../support/calcom/town.ts';

type Schema = {
  type?: string;
  $ref?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
};

/** What Cal.com publishes about the endpoint. */
const DOCUMENT: { parameters: string[]; schemas: Record<string, Schema> } = JSON.parse(
  readFileSync(new URL('../../fixtures/calcom-api/list-bookings.json', import.meta.url), 'utf8'),
);

/** Members that are null in live answers, although the schema gives them another type. */
const NULL_IN_ANSWERS = ['description', 'eventType', 'eventTypeId', 'rating'];

/** What of a value does not conform to a schema, by its path. */
function breaches(value: unknown, schema: Schema, path: string): string[] {
  const { $ref, type, properties = {}, required = [], items = {} } = schema;
  const named = $ref === undefined ? undefined : DOCUMENT.schemas[$ref.split('/').at(-1) ?? ''];
  if (named !== undefined) return breaches(value, named, path);
  if (Array.isArray(value)) {
    return type === 'array'
      ? value.flatMap((item, index) => breaches(item, items, `${path}[${index}]`))
      : [`${path} is a list`];
  }
  if (!isRecord(value)) {
    return type === undefined || type === typeof value ? [] : [`${path} is ${typeof value}`];
  }
  if (schema.properties === undefined) return [];
  const missing = required.filter((name) => !Object.hasOwn(value, name));
  return [
    ...missing.map((name) => `${path}.${name} is missing`),
    ...Object.entries(value).flatMap(([name, member]) => {
      const known = properties[name];
      if (known === undefined) return [`${path}.${name} is unknown`];
      return member === null && NULL_IN_ANSWERS.includes(name)
        ? []
        : breaches(member, known, `${path}.${name}`);
    }),
  ];
}

function accountWith(service: Service, more: object = {}, count = 1): CalcomAccount {
  const town = createTown(1);
  for (let index = 0; index < count; index++) {
    const booking = town.newBooking(service, town.newcomer(), FIRST_DAY_MS + index * DAY_MS);
    store(town.account, booking, { createdAt: FIRST_DAY_MS, ...more });
  }
  return town.account;
}

function list(account: CalcomAccount, version: string, query: Record<string, string> = {}) {
  const paging = PAGINGS.get(version);
  if (paging === undefined) throw new Error(`no version ${version}`);
  const { status, body } = listBookings(account, new URLSearchParams(query), paging);
  return { status, body: isRecord(body) ? body : {} };
}

describe('a booking has the documented members and types', () => {
  const seats = [{ seatId: 's1', booker: createTown(2).newcomer(), absent: false }];
  test.each<[string, string, Service, object]>([
    ['plain', 'BookingOutput_2024_08_13', GROOMING, {}],
    ['cancelled', 'BookingOutput_2024_08_13', GROOMING, {
      status: 'cancelled',
      cancellationReason: 'choroba',
      rescheduledTo: 'next',
    }],
    ['of a series', 'RecurringBookingOutput_2024_08_13', NAIL_CLIPPING, { seriesId: 'series' }],
    ['with seats', 'GetSeatedBookingOutput_2024_08_13', PUPPY_CLASS, { seats }],
  ])('%s', (_kind, schema, service, more) => {
    const { body } = list(accountWith(service, more), '2024-08-13');
    const [booking] = body['data'] as UnknownRecord[];
    expect(breaches(booking, { $ref: schema }, 'booking')).toEqual([]);
  });
});

describe('version 2024-08-13', () => {
  test('pages by offset with the documented members', () => {
    const { body } = list(accountWith(GROOMING, {}, 5), '2024-08-13', { take: '2', skip: '2' });
    expect(breaches(body, { $ref: 'GetBookingsOutput_2024_08_13' }, 'page')).toEqual([]);
    expect(body['pagination']).toMatchObject({
      totalItems: 5,
      remainingItems: 1,
      itemsPerPage: 2,
      hasNextPage: true,
    });
  });

  test('knows only documented parameters', () => {
    const account = accountWith(GROOMING);
    const known = PAGINGS.get('2024-08-13')?.parameters ?? [];
    expect(DOCUMENT.parameters).toEqual(expect.arrayContaining([...known]));
    expect(list(account, '2024-08-13', { limit: '10' }).status).toBe(400);
  });
});

describe('version 2026-05-01', () => {
  test('pages by cursor, at most a hundred at a time', () => {
    const account = accountWith(GROOMING, {}, 3);
    const first = list(account, '2026-05-01', { limit: '2' }).body;
    const { nextCursor, hasMore } = first['pagination'] as UnknownRecord;
    expect(hasMore).toBe(true);
    const second = list(account, '2026-05-01', { limit: '2', cursor: String(nextCursor) }).body;
    expect(second['data']).toHaveLength(1);
    expect(second['pagination']).toEqual({ nextCursor: null, hasMore: false });
    expect(list(account, '2026-05-01', { limit: '101' }).status).toBe(400);
    expect(list(account, '2026-05-01', { take: '10' }).status).toBe(400);
  });
});

test('a key has 120 requests a minute, and every answer says how many are left', () => {
  let nowMs = 0;
  const rate = createRateLimit(() => nowMs);
  const allowances = Array.from({ length: 121 }, () => rate.take('cal_key'));
  expect(allowances.filter(({ granted }) => granted)).toHaveLength(120);
  expect(allowances[0]?.headers).toEqual({
    'x-ratelimit-limit-default': '120',
    'x-ratelimit-remaining-default': '119',
    'x-ratelimit-reset-default': '60',
  });
  expect(rate.take('another').granted).toBe(true);
  nowMs = 60_000;
  expect(rate.take('cal_key').granted).toBe(true);
});
