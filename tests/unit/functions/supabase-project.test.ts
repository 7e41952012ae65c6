import { describe, expect, test } from 'vitest';
import {
  readSecretKeys,
  readSupabaseProject,
} from '../../../supabase/functions/_shared/supabase-project.ts';

const SUPABASE_URL = 'https://abcdefgh.supabase.co';
const LEGACY = 'eyJ.service_role';

/** The environment of a project with these named keys and perhaps a legacy key. */
const environment = (keys: unknown, legacy?: string) => (name: string) =>
  ({
    SUPABASE_URL,
    SUPABASE_SECRET_KEYS: JSON.stringify(keys),
    SUPABASE_SERVICE_ROLE_KEY: legacy,
  })[name];

describe('the key that can write', () => {
  test('is the named default', () => {
    expect(readSupabaseProject(environment({ other: 'sb_2', default: 'sb_1' }, LEGACY)))
      .toEqual({ ok: true, value: { supabaseUrl: SUPABASE_URL, supabaseKey: 'sb_1' } });
  });

  test.each([[undefined], [{}], [{ default: '' }], [{ default: null }], ['sb_1']])(
    'is the legacy key if the named keys are %j',
    (keys) => {
      expect(readSupabaseProject(environment(keys, LEGACY)))
        .toMatchObject({ ok: true, value: { supabaseKey: LEGACY } });
      expect(readSupabaseProject(environment(keys)))
        .toEqual({ ok: false, variable: 'SUPABASE_SECRET_KEYS' });
    },
  );
});

test('the keys that callers may send are all that are not empty', () => {
  const keys = { default: 'sb_1', empty: '', broken: 7, none: null, other: 'sb_2' };
  expect(readSecretKeys(environment(keys, LEGACY))).toEqual(['sb_1', 'sb_2', LEGACY]);
  expect(readSecretKeys(environment({ default: '' }, ''))).toEqual([]);
});
