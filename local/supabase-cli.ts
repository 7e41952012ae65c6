import { supabaseLauncher } from './binaries.ts';
import { projectRoot } from './paths.ts';
import { startProcess } from './processes.ts';
import { SetupProblem } from './setup-problem.ts';

/** Where migrations go, and who hears of each. */
export interface PushOptions {
  /** The database, as role postgres. */
  databaseUrl: string;
  /** Where the CLI keeps its own state, instead of in the user's home. */
  homeDir: string;
  say(line: string): void;
}

/** A command line of the Supabase CLI on this project. */
export function supabaseCommand(...args: string[]): string[] {
  return [process.execPath, supabaseLauncher(), '--workdir', projectRoot, ...args];
}

/** The CLI's flag for a database of ours, which speaks no TLS. */
export function remote(databaseUrl: string): string {
  return `--remote=${databaseUrl}?sslmode=disable`;
}

/** An environment in which the CLI writes to `homeDir` only and calls nobody. */
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

const PROGRESS = /^(Applying migration|Seeding data) /;

/**
 * Applies new migrations and the seed with the Supabase CLI, as a deployment does.
 *
 * The CLI notes what it applied in the database, so a later start applies only what is new, and
 * never the seed twice. On failure its whole output is shown.
 */
export async function pushMigrations(options: PushOptions): Promise<void> {
  const output: string[] = [];
  const cli = await startProcess({
    command: supabaseCommand('db', 'push', remote(options.databaseUrl), '--include-seed', '--yes'),
    env: supabaseEnv(options.homeDir),
    output: {
      line: (line) => {
        output.push(line);
        if (PROGRESS.test(line)) options.say(line);
      },
    },
  });
  if (await cli.exited === 'exit code 0') return;
  for (const line of output) options.say(line);
  throw new SetupProblem('the migrations could not be applied, for the reason above');
}
