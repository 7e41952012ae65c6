import { describe, expect, test } from 'vitest';
import { type LateEvent, sentAt, stampOf } from '../../../cli/simulator/deliveries/lateness.ts';
import { createRandom } from '../../support/random.ts';

const HAPPENED_AT_MS = Date.parse('2026-09-08T04:00:00.000Z');

/** The seconds by which hosted Cal.com was seen to stamp each event late. */
const SEEN: [LateEvent, least: number, most: number][] = [
  ['created', 20, 45],
  ['requested', 36, 37],
  ['confirmed', 20.9, 20.9],
  ['rejected', 1.75, 1.75],
  ['rescheduled', 36.6, 36.6],
  ['cancelled', 20, 35],
  ['rescheduleRequested', 0.5, 0.5],
];

describe.each(SEEN)('%s', (event, least, most) => {
  test(`is stamped from ${least} to ${most} seconds late`, () => {
    const { between } = createRandom(1);
    const late = Array.from(
      { length: 200 },
      () => (stampOf(event, HAPPENED_AT_MS, between) - HAPPENED_AT_MS) / 1000,
    );

    expect(Math.min(...late)).toBeGreaterThanOrEqual(least);
    expect(Math.max(...late)).toBeLessThanOrEqual(most);
  });
});

test('an event that nobody has measured is stamped within the limits of the others', () => {
  const { between } = createRandom(1);
  const lateMs = stampOf('other', HAPPENED_AT_MS, between) - HAPPENED_AT_MS;

  expect(lateMs).toBeGreaterThanOrEqual(500);
  expect(lateMs).toBeLessThanOrEqual(45_000);
});

test('a delivery is sent one to two seconds after its stamp', () => {
  const sentAfterMs = sentAt(HAPPENED_AT_MS, createRandom(2).between) - HAPPENED_AT_MS;

  expect(sentAfterMs).toBeGreaterThanOrEqual(1000);
  expect(sentAfterMs).toBeLessThanOrEqual(2000);
});
