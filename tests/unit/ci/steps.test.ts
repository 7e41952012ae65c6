import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from '../../../local/setup/paths.ts';

async function stepsIn(file: string, list: RegExp): Promise<string[] | undefined> {
  const text = await readFile(join(projectRoot, file), 'utf8');
  return list.exec(text)?.[1]?.split(/[ ,]+/);
}

test('the workflow runs every step of .ci/run', async () => {
  const steps = await stepsIn('.ci/run', /^readonly STEPS=\((.+)\)$/m);

  expect(steps).toContain('test');
  expect(await stepsIn('.github/workflows/ci.yml', /^ +step: \[(.+)\]$/m)).toEqual(steps);
});
