import { describe as group, expect, test } from 'vitest';
import { describe, plantIn } from '../../mutation/mutant.ts';
import { mutantsOf } from '../../mutation/sql/mutants.ts';

/** The changed lines of a function body, by rule. */
function changes(rule: string, body: string): string[] {
  const sql =
    `create function f() returns void language plpgsql as $$\nbegin\n${body}\nend;\n$$;\n`;
  return mutantsOf('f.sql', sql).filter((mutant) => mutant.rule === rule)
    .map((mutant) => describe(mutant, sql).after);
}

const QUERY = 'select 1 from t where a = 1 and s.salon_id = salon and c is not distinct from d;';

group('a mistake in SQL', () => {
  test.each([
    ['drop a condition', QUERY, [
      'select 1 from t where s.salon_id = salon and c is not distinct from d;',
      'select 1 from t where a = 1 and c is not distinct from d;',
      'select 1 from t where a = 1 and s.salon_id = salon ;',
    ]],
    ['flip a comparison', 'update t set a = 1 where b >= 2;', ['update t set a = 1 where b > 2;']],
    ['swap and with or', 'perform 1 where a between 1 and 2 and b;', [
      'perform 1 where a between 1 and 2 or b;',
    ]],
    ['drop a row lock', 'select 1 from t for update skip locked;', [
      'select 1 from t ;',
      'select 1 from t for update ;',
    ]],
    ['drop a statement', 'perform pg_advisory_xact_lock(1); a := 2;', [
      'null; a := 2;',
      'perform pg_advisory_xact_lock(1); null;',
    ]],
    ['decide a branch', 'if a > 1 then b := 2; end if;', [
      'if true then b := 2; end if;',
      'if false then b := 2; end if;',
    ]],
    ['negate a condition', 'perform 1 where a is null and not b;', [
      'perform 1 where a is not null and not b;',
      'perform 1 where a is null and b;',
    ]],
    ['swap arguments', 'perform private.f(a, b), private.g(a, b || c);', [
      'perform private.f(b, a), private.g(a, b || c);',
    ]],
    ['another word', `a := case when b = 'cancelled' then 'scheduled' end;`, [
      `a := case when b = 'scheduled' then 'scheduled' end;`,
      `a := case when b = 'cancelled' then 'cancelled' end;`,
    ]],
    ['drop a word of a list', `perform 1 where a in ('x1', 'x2');`, [
      `perform 1 where a in ('x2');`,
      `perform 1 where a in ('x1');`,
    ]],
    ['another function', 'a := coalesce(b, c) + least(d, e);', [
      'a := coalesce(b) + least(d, e);',
      'a := coalesce(b, c) + greatest(d, e);',
    ]],
    ['another constant', `a := interval '2 days' * 3;`, [
      `a := interval '4 days' * 3;`,
      `a := interval '2 days' * 4;`,
    ]],
    ['another sign', 'a := b + c;', ['a := b - c;']],
    ['reverse an order', 'perform 1 from t order by a limit 1;', [
      'perform 1 from t order by a desc limit 1;',
    ]],
    ['loosen a statement', 'perform 1 from t left join u on true;', [
      'perform 1 from t join u on true;',
    ]],
  ])('can be to %s', (rule, body, after) => {
    expect(changes(rule, body)).toEqual(after);
  });

  test('can be a policy that lets everybody in', () => {
    const sql = `create policy "p" on t for select using (salon_id = any (f()));`;
    const planted = mutantsOf('t.sql', sql).filter(({ rule }) => rule === 'accept everything');
    expect(planted.map((mutant) => plantIn(sql, mutant))).toEqual([
      `create policy "p" on t for select using (true);`,
    ]);
  });

  test('is never a part of an operator', () => {
    expect(changes('flip a comparison', "perform 1 where b #>> '{}' ~ c and d @> e;")).toEqual([]);
  });

  test('is never in "if not exists", or in an index that is not unique', () => {
    const sql = 'create unique index if not exists i on t (a);\n' +
      'create index i on t (a) where b is null and c;';
    expect(mutantsOf('t.sql', sql).map((mutant) => plantIn(sql, mutant))).toEqual([
      sql.replace('unique ', ' '),
    ]);
  });

  test('is never in a comment, a grant, or the head of a function', () => {
    const sql = `-- a = 1 and b\ngrant select on t to u;\ncomment on table t is 'a = 1';\n` +
      'create function f(a integer default 1) returns int language sql as $$ select a; $$;';
    expect(mutantsOf('f.sql', sql)).toEqual([]);
  });
});

test('a mutant is described by its line and the changed text', () => {
  const text = 'one\ntwo  = 2\nthree';
  const mutant = { path: 'a.sql', rule: 'r', start: 9, end: 10, replacement: '<>' };
  expect(describe(mutant, text)).toEqual({
    path: 'a.sql',
    line: 2,
    rule: 'r',
    before: 'two = 2',
    after: 'two <> 2',
  });
});
