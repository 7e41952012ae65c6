import { afterEach, expect, test, vi } from 'vitest';
import { openLocalProject, openProject } from '../../../cli/project/project.ts';

const HOSTED = 'https://x.supabase.co';

afterEach(() => {
  vi.unstubAllEnvs();
});

test('a hosted project is opened with a secret key from the environment', async () => {
  const env = { SUPABASE_SECRET_KEY: ' sb_secret_of_the_test ' };
  const project = await openProject(`${HOSTED}/`, env);

  expect(project).toMatchObject({
    functionsUrl: `${HOSTED}/functions/v1`,
    key: 'sb_secret_of_the_test',
  });
});

test.each([
  ['no key', HOSTED, {}, /^--url needs SUPABASE_SECRET_KEY in the environment: a secret key of /],
  ['a blank key', HOSTED, { SUPABASE_SECRET_KEY: ' ' }, /^--url needs SUPABASE_SECRET_KEY/],
  ['no scheme', 'x.supabase.co', {}, /^--url x\.supabase\.co is not an address: /],
  ['another scheme', 'x:5432', {}, /^--url x:5432 is not an address: /],
])('%s is refused', async (_name, url, env, expected) => {
  await expect(openProject(url, env)).rejects.toThrow(expected);
});

test('without a local stack the error names the next step', async () => {
  vi.stubEnv('BARKBOOK_LOCAL_DIR', '/nowhere');

  await expect(openProject(null)).rejects.toThrow(
    'no local stack: run npm start, or pass --url https://<ref>.supabase.co',
  );
  await expect(openLocalProject()).rejects.toThrow(/^no local stack: run npm start$/);
});
