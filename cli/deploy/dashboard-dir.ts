import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { projectRoot } from '../../local/setup/paths.ts';
import { SetupProblem } from '../../local/setup/setup-problem.ts';

/** What every build has at its top, and the sources of the dashboard have not. */
const OF_A_BUILD = ['_headers', 'index.html', 'vercel.json'];

/** Where the dashboard is built unless the command line says otherwise. */
export const DEFAULT_DASHBOARD_DIR = join('dashboard', 'dist');

/**
 * Throws a SetupProblem if the folder has something else than an earlier build: the build deletes
 * whatever is there.
 */
export async function requireDashboardDir(dir: string): Promise<void> {
  const path = resolve(projectRoot, dir);
  const names = existsSync(path) ? await readdir(path) : [];
  if (names.length === 0 || OF_A_BUILD.every((name) => names.includes(name))) return;
  throw new SetupProblem(
    `--dashboard-dir ${dir} has other files, which the build would delete: name an empty folder`,
  );
}
