import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { requireDashboardDir } from '../../../../cli/deploy/dashboard-dir.ts';

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'barkbook-dashboard-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

test('a new or empty folder, or an earlier build, may be replaced', async () => {
  await requireDashboardDir(join(dir, 'new'));
  await requireDashboardDir(dir);
  await mkdir(join(dir, 'assets'));
  for (const name of ['_headers', 'index.html', 'vercel.json']) {
    await writeFile(join(dir, name), '');
  }
  await requireDashboardDir(dir);
});

test('other files are not deleted', async () => {
  await writeFile(join(dir, 'thesis.txt'), '');
  await expect(requireDashboardDir(dir)).rejects.toThrow(
    `--dashboard-dir ${dir} has other files, which the build would delete: name an empty folder`,
  );
});

test.each(['.', 'dashboard', 'dashboard/public', 'docs'])(
  '%s of the checkout is refused',
  async (folder) => {
    await expect(requireDashboardDir(folder)).rejects.toThrow('would delete');
  },
);
