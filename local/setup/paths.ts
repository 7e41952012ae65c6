import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout this file belongs to. */
export const projectRoot = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** The folder of this project's functions. */
export const functionsDir = join(projectRoot, 'supabase', 'functions');

/** Everything the local stack writes, kept out of git. */
export interface LocalPaths {
  dir: string;
  /** Postgres' data directory. */
  data: string;
  lock: string;
  keys: string;
  stackEnv: string;
  postgresLog: string;
  postgrestLog: string;
  /** Import maps and Deno's cache. */
  deno: string;
  /** The built dashboard. */
  dashboard: string;
}

/** The paths in a state directory: BARKBOOK_LOCAL_DIR, or else `.local` in the checkout. */
export function localPaths(
  dir = process.env.BARKBOOK_LOCAL_DIR ?? join(projectRoot, '.local'),
): LocalPaths {
  const root = resolve(dir);
  return {
    dir: root,
    data: join(root, 'postgres'),
    lock: join(root, 'stack.lock'),
    keys: join(root, 'keys.json'),
    stackEnv: join(root, 'stack.env'),
    postgresLog: join(root, 'postgres.log'),
    postgrestLog: join(root, 'postgrest.log'),
    deno: join(root, 'deno'),
    dashboard: join(root, 'dashboard'),
  };
}
