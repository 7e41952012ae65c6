import { expect, test } from 'vitest';
import { type Check, failed, listed, passed, unjudged } from '../../../../cli/doctor/check.ts';
import { describeFindings, isWell } from '../../../../cli/doctor/report.ts';
import { runDoctor } from '../../../../cli/doctor/run-doctor.ts';
import { SetupProblem } from '../../../../local/setup/setup-problem.ts';
import { DatabaseProblem } from '../../../../cli/target/admin-database.ts';
import type { Target } from '../../../../cli/target/target.ts';

const none = () => Promise.reject(new Error('not asked for'));
const target: Target = {
  kind: 'local',
  name: 'a project',
  apiUrl: '',
  functionsUrl: '',
  database: { rows: none },
  management: null,
  secretKey: none,
  publishableKey: none,
};
const well: Check = { name: 'well', run: () => Promise.resolve(passed('fine')) };
const throwing = (failure: unknown): Check => ({
  name: 'thrown',
  run: () => Promise.reject(failure),
});
const run = (...checks: Check[]) => runDoctor(target, {}, checks);

test('a check that throws does not stop the others', async () => {
  expect(await run(throwing(new TypeError('no such member')), well)).toEqual([
    {
      name: 'thrown',
      ok: false,
      problem: 'the check itself failed: no such member',
      next: expect.any(String),
    },
    { name: 'well', ok: true, detail: 'fine' },
  ]);
});

test('a check that throws before it waits does not stop the others', async () => {
  const check: Check = {
    name: 'thrown',
    run: () => {
      throw new Error('at once');
    },
  };
  expect((await run(check, well)).map(({ ok }) => ok)).toEqual([false, true]);
});

test('a check that never ends has a limit', async () => {
  const endless: Check = { name: 'endless', limitMs: 20, run: () => new Promise(() => {}) };
  expect(await run(endless, well)).toMatchObject([
    { ok: false, problem: 'no answer within 0.02 seconds' },
    { ok: true },
  ]);
});

test('what the user can solve is the problem', async () => {
  const [finding] = await run(throwing(new SetupProblem('set SUPABASE_ACCESS_TOKEN')));
  expect(finding).toMatchObject({ ok: false, problem: 'set SUPABASE_ACCESS_TOKEN' });
});

test.each(['42P01', '42883', '42703', '3F000'])(
  'a check of what an older schema lacks cannot judge: %s',
  async (code) => {
    const [finding] = await run(throwing(new DatabaseProblem('refused', code)));
    expect(finding).toMatchObject({ ok: null });
  },
);

test('a check whose foundation fails, or cannot be judged, is not made', async () => {
  let isMade = false;
  const above: Check = {
    name: 'above',
    needs: 'below',
    run: () => {
      isMade = true;
      return Promise.resolve(passed(''));
    },
  };
  for (const verdict of [failed('gone', 'get it'), unjudged('unknown')]) {
    const below: Check = { name: 'below', run: () => Promise.resolve(verdict) };
    const [, finding] = await run(below, above);
    expect(finding).toEqual({ name: 'above', ok: null, reason: 'see below' });
  }
  expect(isMade).toBe(false);
});

test('the table has the next step below each problem', () => {
  const findings = [
    { name: 'one', ...passed('fine') },
    { name: 'second', ...failed('it is gone', 'npm start') },
    { name: 'three', ...unjudged('hosted only') },
  ];
  expect(describeFindings('a project', findings)).toBe(`Checked a project:
✓ one     fine
✗ second  it is gone
          → npm start
– three   not judged: hosted only
1 of 3 checks failed.`);
  expect(isWell(findings)).toBe(false);
  expect(isWell(findings.slice(2))).toBe(true);
});

test('of many, five are named', () => {
  expect(listed(['a', 'b'])).toBe('a; b');
  expect(listed([...'abcdefg'])).toBe('a; b; c; d; e; and 2 more');
});
