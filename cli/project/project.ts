import { SetupProblem } from '../../local/setup/setup-problem.ts';
import { readVariable, requireBaseAddress } from '../command/options.ts';
import { connect, type DataApi } from './data-api.ts';
import { readLocalStack } from './local-stack.ts';

/** A Supabase project with BarkBook's calendar: the local stack, or a hosted one. */
export type Project = {
  /** Base address of the functions, without a slash at the end. */
  functionsUrl: string;
  /** A secret key: it opens the Data API and starts the scheduled functions. */
  key: string;
  /** The data of all its salons. */
  database: DataApi;
};

const ALTERNATIVE = ', or pass --url https://<ref>.supabase.co';

/**
 * Opens the project at `url` with `SUPABASE_SECRET_KEY` from the environment; for null, the local
 * stack.
 */
export async function openProject(
  url: string | null,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Project> {
  return url === null ? await openLocalProject(ALTERNATIVE) : openHostedProject(url, env);
}

/** Opens the local stack; `alternative` ends the error message that there is none. */
export async function openLocalProject(alternative = ''): Promise<Project> {
  const stack = await readLocalStack(alternative);
  return project(stack('API_URL'), stack('FUNCTIONS_URL'), stack('SECRET_KEY'));
}

function openHostedProject(url: string, env: NodeJS.ProcessEnv): Project {
  requireBaseAddress('--url', url);
  const key = readVariable('SUPABASE_SECRET_KEY', env);
  if (key === null) {
    throw new SetupProblem(
      '--url needs SUPABASE_SECRET_KEY in the environment: a secret key of the project, from ' +
        'Settings, API keys',
    );
  }
  const { origin } = new URL(url);
  return project(origin, `${origin}/functions/v1`, key);
}

function project(apiUrl: string, functionsUrl: string, key: string): Project {
  return { functionsUrl, key, database: connect(apiUrl, key) };
}
