import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { secretsFile } from '../../../../cli/deploy/secret-store.ts';

let dir: string;
let file: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'barkbook-secrets-'));
  file = join(dir, 'functions', '.env');
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const values = async () => parseEnv(await readFile(file, 'utf8'));

test('secrets are added, replaced and removed', async () => {
  const store = secretsFile(file);
  expect(await store.names()).toEqual(new Set());
  await store.set({ SMSAPI_TOKEN: 'old', SMS_PROVIDER: 'smsapi' });
  await store.set({ SMSAPI_TOKEN: 'new' });
  expect(await values()).toEqual({ SMSAPI_TOKEN: 'new', SMS_PROVIDER: 'smsapi' });
  await store.remove('SMS_PROVIDER');
  expect(await store.names()).toEqual(new Set(['SMSAPI_TOKEN']));
});

test('a value that docker compose would change is quoted, and survives the next deployment', async () => {
  const token = 'a#b $HOME "c" ${d}';
  await secretsFile(file).set({ SMSAPI_TOKEN: token });
  await secretsFile(file).set({ SMS_PROVIDER: 'smsapi' });
  expect(await values()).toEqual({ SMSAPI_TOKEN: token, SMS_PROVIDER: 'smsapi' });
  expect(await readFile(file, 'utf8')).toContain(`SMSAPI_TOKEN='${token}'\n`);
});

test.each(["it's", 'a\\b', 'a\nb'])(
  'the value %j, which no quotes protect, is refused',
  async (value) => {
    await expect(secretsFile(file).set({ SMSAPI_TOKEN: value })).rejects.toThrow(
      'SMSAPI_TOKEN has a quote, a backslash or a line break',
    );
  },
);

test('what else the operator wrote stays as it is', async () => {
  await secretsFile(file).set({ A: '1' });
  await writeFile(file, '# mine\nTHEIRS="two\nlines"\nexport A=1\n');
  await secretsFile(file).set({ A: '2' });
  expect(await readFile(file, 'utf8')).toBe('# mine\nTHEIRS="two\nlines"\nA=2\n');
});

test('only the operator can read it, whoever could before', async () => {
  await secretsFile(file).set({ A: '1' });
  await rm(file);
  await writeFile(file, 'B=2\n', { mode: 0o644 });
  await secretsFile(file).set({ A: '1' });
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await readdir(join(dir, 'functions'))).toEqual(['.env']);
});
