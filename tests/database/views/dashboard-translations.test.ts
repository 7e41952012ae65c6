import { afterAll, beforeAll, expect, test } from 'vitest';
import { messages as english } from '../../../dashboard/src/i18n/en/index.ts';
import { messages as polish } from '../../../dashboard/src/i18n/pl/index.ts';
import { Constants } from '../../../shared/database.types.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

const LANGUAGES = [['Polish', polish], ['English', english]] as const;

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test.each(LANGUAGES)('every reason of a message is translated to %s', async (_, { reasons }) => {
  const rows = await database.query<{ reason: string }>(
    'select unnest(enum_range(null::public.sms_reason))::text as reason',
  );
  const known = rows.map(({ reason }) => reason);

  expect(known).toContain('no_consent');
  expect(Object.keys(reasons)).toEqual(expect.arrayContaining(known));
});

test.each(LANGUAGES)('every delivery reason, and no other, is translated to %s', (_, { sync }) => {
  const { delivery_reason: reasons } = Constants.public.Enums;

  expect(Object.keys(sync.reason).sort()).toEqual([...reasons].sort());
});

test.each(LANGUAGES)('every rule translated to %s is one of the database', async (_, { rule }) => {
  const rows = await database.query<{ rule: string }>(
    `select conname as rule from pg_constraint
     union select indexrelid::regclass::text from pg_index
     union select relname || ending from pg_class, unnest(
       '{_template_knows_its_variables,_template_links_are_allowed}'::text[]) as ending
       where relname in ('sms_settings', 'sms_texts', 'sms_service_texts')
     union select detail[1] from pg_proc, regexp_matches(prosrc, 'detail = ''(\\w+)''', 'g') detail`,
  );

  expect(rows.map((row) => row.rule)).toEqual(expect.arrayContaining(Object.keys(rule)));
});

test.each(LANGUAGES)(
  'every status of an appointment is translated to %s',
  async (_, { status }) => {
    const [row] = await database.query<{ rule: string }>(
      `select pg_get_constraintdef(oid) as rule from pg_constraint
     where conname = 'calendar_events_status_is_valid'`,
    );
    const known = [...row?.rule.matchAll(/'(\w+)'/g) ?? []].map(([, word]) => word);

    expect(known).toContain('no_show');
    expect(Object.keys(status).sort()).toEqual(known.sort());
  },
);
