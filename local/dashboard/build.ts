import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '../processes/run-command.ts';
import { projectRoot } from '../setup/paths.ts';

/** The sources of the page. */
const SOURCES = ['dashboard', 'shared', 'package.json'];

/** Builds the page on demand. */
export interface DashboardBuild {
  /** Builds the page if its sources are newer. Returns null, or the builder's error. */
  refresh(): Promise<string | null>;
}

/**
 * Builds the page into a folder with Vite when it is requested and older than its sources. A build
 * outlives restarts, so most of the time there is nothing to do.
 */
export function createDashboardBuild(outDir: string): DashboardBuild {
  let running: Promise<string | null> | null = null;

  async function build(): Promise<string | null> {
    const builtAt = await changedAt(join(outDir, 'index.html'));
    const sources = await Promise.all(SOURCES.map((name) => newestIn(join(projectRoot, name))));
    if (builtAt > Math.max(...sources)) return null;
    const vite = join(projectRoot, 'node_modules', 'vite', 'bin', 'vite.js');
    const { ok, output } = await runCommand(
      [process.execPath, vite, 'build', 'dashboard', '--outDir', outDir, '--logLevel', 'warn'],
      { env: withoutProject(process.env) },
    );
    return ok ? null : output.trim();
  }

  return {
    refresh: async () => {
      running ??= build().finally(() => running = null);
      return await running;
    },
  };
}

/**
 * The local page reads its project from config.json, even if the shell has variables for another.
 */
function withoutProject(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('VITE_')));
}

async function newestIn(path: string): Promise<number> {
  const below = await readdir(path, { recursive: true }).catch(() => []);
  const times = await Promise.all(['', ...below].map((name) => changedAt(join(path, name))));
  return Math.max(...times);
}

async function changedAt(path: string): Promise<number> {
  return await stat(path).then(({ mtimeMs }) => mtimeMs, () => 0);
}
