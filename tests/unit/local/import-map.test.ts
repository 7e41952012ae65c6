import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeImportMap } from '../../../local/functions/import-map.ts';
import { functionsDir } from '../../../local/setup/paths.ts';

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'barkbook-import-map-'));
});
afterEach(() => rm(dir, { recursive: true }));

test('an import map can be written several times at once', async () => {
  const write = () => writeImportMap(join(functionsDir, 'calcom-webhook'), dir);
  const [path = ''] = await Promise.all(Array.from({ length: 20 }, write));

  expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({
    imports: { 'zod/v3': expect.stringMatching(/^npm:zod@/) },
  });
  expect(await readdir(dir)).toEqual(['import-map.json']);
});
