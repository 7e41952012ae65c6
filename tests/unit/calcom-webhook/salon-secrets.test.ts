import { beforeEach, describe, expect, test } from 'vitest';
import {
  createSalonSecrets,
  type SalonSecrets,
} from '../../../supabase/functions/calcom-webhook/salon-secrets.ts';

let nowMs: number;
let stored: Map<string, string[]>;
let asked: string[];
let isAway: boolean;
let secrets: SalonSecrets;

beforeEach(() => {
  nowMs = 1_000_000;
  stored = new Map([['salon', ['one']]]);
  asked = [];
  isAway = false;
  secrets = createSalonSecrets(async (salonId) => {
    asked.push(salonId);
    // The database takes its time, so that others come meanwhile.
    await Promise.resolve();
    return isAway ? { ok: false, code: 'away' } : { ok: true, value: stored.get(salonId) ?? [] };
  }, () => nowMs);
});

const known = (salonId = 'salon') => secrets.of(salonId);

describe('the secrets of a salon', () => {
  test('are looked up once a minute', async () => {
    expect(await known()).toEqual({ ok: true, value: ['one'] });
    nowMs += 59_000;
    await known();
    expect(asked).toEqual(['salon']);
    nowMs += 1_000;
    await known();
    expect(asked).toHaveLength(2);
  });

  test('are looked up once for all who ask at the same moment', async () => {
    await Promise.all([known(), known(), secrets.renewed('salon'), known('other')]);
    expect(asked).toEqual(['salon', 'other']);
  });

  test('are none for a few seconds only', async () => {
    expect(await known('new')).toEqual({ ok: true, value: [] });
    nowMs += 4_999;
    await known('new');
    expect(asked).toHaveLength(1);
    stored.set('new', ['first']);
    nowMs += 1;
    expect(await known('new')).toEqual({ ok: true, value: ['first'] });
  });

  test('are looked up anew when a signature does not fit, but not within five seconds', async () => {
    await known();
    stored.set('salon', ['two', 'one']);
    nowMs += 4_999;
    expect(await secrets.renewed('salon')).toBeNull();
    nowMs += 1;
    expect(await secrets.renewed('salon')).toEqual({ ok: true, value: ['two', 'one'] });
    expect(await secrets.renewed('salon')).toBeNull();
    expect(await known()).toEqual({ ok: true, value: ['two', 'one'] });
    expect(asked).toHaveLength(2);
  });

  test('are as old as the question, not as the answer', async () => {
    const answer = known();
    nowMs += 5_000;
    await answer;
    expect(await secrets.renewed('salon')).not.toBeNull();
  });
});

describe('a database that is away', () => {
  test('is said to be, and is asked again by the next', async () => {
    isAway = true;
    expect(await known()).toEqual({ ok: false, code: 'away' });
    isAway = false;
    expect(await known()).toEqual({ ok: true, value: ['one'] });
  });

  test('costs nobody the secrets that are known', async () => {
    await known();
    isAway = true;
    nowMs += 10_000;
    expect(await secrets.renewed('salon')).toEqual({ ok: false, code: 'away' });
    expect(await known()).toEqual({ ok: true, value: ['one'] });
  });
});

test('salons that somebody made up do not crowd out one that is there', async () => {
  await known();
  for (let made = 0; made < 3_000; made++) await known(`made-up-${made}`);
  asked = [];
  await known();
  expect(asked).toEqual([]);
  await known('made-up-0');
  expect(asked).toEqual(['made-up-0']);
});

test('of too many salons the first are forgotten', async () => {
  for (let salon = 0; salon <= 1_000; salon++) {
    stored.set(`${salon}`, ['secret']);
    await known(`${salon}`);
  }
  asked = [];
  await known('1');
  await known('0');
  expect(asked).toEqual(['0']);
});
