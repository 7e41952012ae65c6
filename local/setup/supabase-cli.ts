import { supabaseLauncher } from './binaries.ts';
import { projectRoot } from './paths.ts';

/** A command line of the Supabase CLI on this project. */
export function supabaseCommand(...args: string[]): string[] {
  return [process.execPath, supabaseLauncher(), '--workdir', projectRoot, ...args];
}

/** The CLI's flag for a local database, which has no TLS. */
export function remote(databaseUrl: string): string {
  return `--remote=${databaseUrl}?sslmode=disable`;
}

/** An environment in which the CLI writes only to `homeDir` and makes no requests of its own. */
export function supabaseEnv(homeDir: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    SUPABASE_HOME: homeDir,
    SUPABASE_NO_UPDATE_NOTIFIER: '1',
    DO_NOT_TRACK: '1',
    NO_COLOR: '1',
  };
}
