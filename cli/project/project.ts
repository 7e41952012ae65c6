import { SetupProblem } from '../../local/setup/setup-problem.ts';
import { readVariable, requireBaseAddress } from '../command/options.ts';
import { connect, type DataApi } from './data-api.ts';
import { readLocalStack } from './local-stack.ts';

/** A Supabase project with BarkBook's calendar: the local stack, or a hosted one. */
export type Project = {
  /** Base address of the functions, without a slash at the end. */
  functionsUrl: string;
  /** The secret key that it was opened with. */
  key: string;
  /** The data of all its salons. */
  database: DataApi;
};

/**
 * The secret keys of a project. Each opens the Data API; functions that scheduled jobs call require
 * the one named `cron`.
 */
const KEYS = {
  default: { stack: 'SECRET_KEY', variable: 'SUPABASE_SECRET_KEY', called: 'a secret key' },
  cron: {
    stack: 'CRON_SECRET_KEY',
    variable: 'CRON_SECRET_KEY',
    called: 'the secret key named cron',
  },
} as const;

/** Which secret key to open a project with. */
export type KeyName = keyof typeof KEYS;

const ALTERNATIVE = ', or pass --url https://<ref>.supabase.co';

/** Opens the project at `url` with its key from the environment; for null, the local stack. */
export async function openProject(
  url: string | null,
  key: KeyName,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Project> {
  return url === null ? await openLocalProject(key, ALTERNATIVE) : openHostedProject(url, key, env);
}

/** Opens the local stack; `alternative` ends the error message that there is none. */
export async function openLocalProject(key: KeyName, alternative = ''): Promise<Project> {
  const stack = await readLocalStack(alternative);
  return project(stack('API_URL'), stack('FUNCTIONS_URL'), stack(KEYS[key].stack));
}

function openHostedProject(url: string, keyName: KeyName, env: NodeJS.ProcessEnv): Project {
  requireBaseAddress('--url', url);
  const { variable, called } = KEYS[keyName];
  const key = readVariable(variable, env);
  if (key === null) {
    throw new SetupProblem(
      `--url needs ${variable} in the environment: ${called} of the project, from Settings, ` +
        'API keys',
    );
  }
  const { origin } = new URL(url);
  return project(origin, `${origin}/functions/v1`, key);
}

function project(apiUrl: string, functionsUrl: string, key: string): Project {
  return { functionsUrl, key, database: connect(apiUrl, key) };
}
