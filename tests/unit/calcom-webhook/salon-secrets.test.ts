import { beforeEach, describe, expect, test } from 'vitest';
import {
  createSalonSecrets,
  type SalonSecrets,
} from '../../../supabase/functions/calcom-webhook/salon-secrets.ts';

let nowMs: number;
let stored: Map<string, string[]>;
let asked: string[];
let listings: number;
let isAway: boolean;
let secrets: SalonSecrets;

beforeEach(() => {
  nowMs = 1_000_000;
  stored = new Map([['salon', ['one']]]);
  asked = [];
  listings = 0;
  isAway = false;
  secrets = createSalonSecrets(
    {
      lookUp: async (salonId) => {
        asked.push(salonId);
        // The database takes a while, so that other requests arrive meanwhile.
        await Promise.resolve();
        return isAway
          ? { ok: false, code: 'away' }
          : { ok: true, value: stored.get(salonId) ?? [] };
      },
      listSalons: async () => {
        listings++;
        await Promise.resolve();
        return isAway ? { ok: false, code: 'away' } : { ok: true, value: [...stored.keys()] };
      },
    },
    () => nowMs,
  );
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

  test('are looked up once for simultaneous requests', async () => {
    stored.set('other', ['two']);
    await Promise.all([known(), known(), secrets.renewed('salon'), known('other')]);
    expect(asked).toEqual(['salon', 'other']);
    expect(listings).toBe(1);
  });

  test('are cached as missing for a few seconds only', async () => {
    expect(await known('new')).toEqual({ ok: true, value: [] });
    nowMs += 4_999;
    await known('new');
    expect([asked, listings]).toEqual([[], 1]);
    stored.set('new', ['first']);
    nowMs += 1;
    expect(await known('new')).toEqual({ ok: true, value: ['first'] });
  });

  test('are read again after a signature mismatch, but not within five seconds', async () => {
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

  test('are as old as the query, not as its answer', async () => {
    const answer = known();
    nowMs += 5_000;
    await answer;
    expect(await secrets.renewed('salon')).not.toBeNull();
  });
});

describe('an unreachable database', () => {
  test('is reported, and queried again by the next request', async () => {
    isAway = true;
    expect(await known()).toEqual({ ok: false, code: 'away' });
    isAway = false;
    expect(await known()).toEqual({ ok: true, value: ['one'] });
  });

  test('does not affect cached secrets', async () => {
    await known();
    isAway = true;
    nowMs += 10_000;
    expect(await secrets.renewed('salon')).toEqual({ ok: false, code: 'away' });
    expect(await known()).toEqual({ ok: true, value: ['one'] });
  });
});

test('made-up salons do not push out real ones', async () => {
  await known();
  for (let made = 0; made < 3_000; made++) await known(`made-up-${made}`);
  asked = [];
  await known();
  expect(asked).toEqual([]);
});

test('made-up salons cost one query in five seconds, one after another or at once', async () => {
  await Promise.all(Array.from({ length: 100 }, (_, made) => known(`made-up-${made}`)));
  for (let made = 100; made < 200; made++) await known(`made-up-${made}`);
  expect([asked, listings]).toEqual([[], 1]);
  nowMs += 5_000;
  for (let made = 0; made < 200; made++) await known(`made-up-${made}`);
  expect([asked, listings]).toEqual([[], 2]);
});

test('a real salon is looked up while made-up ones are refused', async () => {
  await known('made-up');
  expect(await known()).toEqual({ ok: true, value: ['one'] });
});

test('if there are too many salons, the oldest are forgotten', async () => {
  for (let salon = 0; salon <= 1_000; salon++) {
    stored.set(`${salon}`, ['secret']);
  }
  for (let salon = 0; salon <= 1_000; salon++) await known(`${salon}`);
  asked = [];
  await known('1');
  await known('0');
  expect(asked).toEqual(['0']);
});
