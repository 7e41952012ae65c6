import { spawn } from 'node:child_process';
import { chmod, cp, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseEnv } from 'node:util';
import { guard, guardFolder, unguard } from '../../local/processes/process-guard.ts';
import { projectRoot } from '../../local/setup/paths.ts';

const COPIED = [
  'cli',
  'dashboard',
  'deno.json',
  'local',
  'package.json',
  'shared',
  'supabase',
  'tsconfig.json',
];
const PATIENCE_MS = 20_000;
const POLL_MS = 20;

/** A checkout that a test may edit and run commands in. */
export interface WorkingCopy {
  dir: string;
  /** Runs one of the programs in local/. */
  run(program: 'start' | 'reset', ...args: string[]): RunningProgram;
  /** The status that the last complete start wrote. */
  stackEnv(): Promise<NodeJS.Dict<string>>;
  remove(): Promise<void>;
}

/** A program and all it has printed so far. */
export interface RunningProgram {
  readonly pid: number;
  readonly exitCode: Promise<number | null>;
  output(): string;
  /** Resolves when the output matches; throws when the program ends first or takes too long. */
  printed(pattern: RegExp, patienceMs?: number): Promise<void>;
  signal(signal: NodeJS.Signals): void;
}

/** Copies what the local stack consists of; the installed packages are shared. */
export async function createWorkingCopy(): Promise<WorkingCopy> {
  const dir = await mkdtemp(join(tmpdir(), 'barkbook-copy-'));
  guardFolder(dir);
  // Postgres may run as another user than we do.
  await chmod(dir, 0o755);
  for (const name of COPIED) {
    await cp(join(projectRoot, name), join(dir, name), { recursive: true });
  }
  await symlink(join(projectRoot, 'node_modules'), join(dir, 'node_modules'));
  return {
    dir,
    run: (program, ...args) => run(dir, program, args),
    stackEnv: async () => parseEnv(await readFile(join(dir, '.local', 'stack.env'), 'utf8')),
    remove: () => rm(dir, { recursive: true, force: true }),
  };
}

function run(dir: string, program: string, args: string[]): RunningProgram {
  // The dashboard is built as for production, not as for tests.
  const { BARKBOOK_LOCAL_DIR: _, npm_lifecycle_event: __, NODE_ENV: ___, ...env } = process.env;
  const child = spawn(process.execPath, [join('local', `${program}.ts`), ...args], {
    cwd: dir,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const pid = child.pid ?? 0;
  guard(pid, 'SIGTERM');
  let output = '';
  let ended = false;
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const exitCode = new Promise<number | null>((resolve) => {
    child.once('close', (code) => {
      ended = true;
      unguard(pid);
      resolve(code);
    });
  });
  async function printed(pattern: RegExp, patienceMs = PATIENCE_MS): Promise<void> {
    const deadline = Date.now() + patienceMs;
    while (!pattern.test(output)) {
      if (ended || Date.now() > deadline) throw new Error(`no ${pattern} in: ${output}`);
      await sleep(POLL_MS);
    }
  }
  return {
    pid,
    exitCode,
    output: () => output,
    printed,
    signal: (signal) => void child.kill(signal),
  };
}
