import { SetupProblem } from '../../local/setup/setup-problem.ts';
import { readVariable, requireBaseAddress } from '../command/options.ts';
import { readLocalStack } from '../project/local-stack.ts';
import { readAccessToken } from './access-token.ts';
import { type AdminDatabase, directDatabase, managedDatabase } from './admin-database.ts';
import { readApiKey } from './api-keys.ts';
import { createManagementApi, type ManagementApi } from './management-api.ts';
import { readPlatform } from './platform.ts';

/** What is deployed to, checked, or uninstalled. */
export type Target = {
  kind: 'hosted' | 'self-hosted' | 'local';
  /** What messages call it, such as `project abcdefghijklmnopqrst`. */
  name: string;
  /** `https://<ref>.supabase.co`, without a slash at the end. */
  apiUrl: string;
  functionsUrl: string;
  database: AdminDatabase;
  /** Null unless hosted. */
  management: ManagementApi | null;
  /** A secret key, which opens the Data API, Auth and the functions. */
  secretKey(): Promise<string>;
  /** The key that the dashboard is built with. */
  publishableKey(): Promise<string>;
};

/** Which target the command line names; none: the local stack. */
export type TargetOptions = {
  /** The 20 letters of a hosted project. */
  ref?: string | undefined;
  /** The address of a self-hosted database, as postgres. */
  dbUrl?: string | undefined;
  /** Where a self-hosted project serves its functions. */
  functionsUrl?: string | undefined;
};

const PROJECT_REF = /^[a-z]{20}$/;
const FUNCTIONS_PATH = '/functions/v1';

/** Opens what the command line names; throws a SetupProblem for an incomplete or wrong name. */
export async function openTarget(
  options: TargetOptions,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Target> {
  const { ref, dbUrl, functionsUrl } = options;
  if (ref !== undefined && dbUrl !== undefined) {
    throw new SetupProblem('--project-ref and --db-url exclude each other: pass one of them');
  }
  if (ref !== undefined) return await openHosted(ref, env);
  if (dbUrl !== undefined) return openSelfHosted(dbUrl, functionsUrl, env);
  return await openLocal();
}

async function openHosted(ref: string, env: NodeJS.ProcessEnv): Promise<Target> {
  if (!PROJECT_REF.test(ref)) {
    throw new SetupProblem(
      `--project-ref ${ref} is not a project: it is the 20 letters in https://<ref>.supabase.co`,
    );
  }
  const { managementUrl, projectUrl } = await readPlatform(env);
  const management = createManagementApi(ref, { managementUrl, token: await readAccessToken(env) });
  const apiUrl = projectUrl(ref);
  return {
    kind: 'hosted',
    name: `project ${ref}`,
    apiUrl,
    functionsUrl: apiUrl + FUNCTIONS_PATH,
    database: managedDatabase(management),
    management,
    secretKey: () => readApiKey(management, 'secret'),
    publishableKey: () => readApiKey(management, 'publishable'),
  };
}

function openSelfHosted(
  dbUrl: string,
  functionsUrl: string | undefined,
  env: NodeJS.ProcessEnv,
): Target {
  if (functionsUrl === undefined) {
    throw new SetupProblem(
      '--db-url needs --functions-url: where the functions answer, such as ' +
        `https://supabase.example.com${FUNCTIONS_PATH}`,
    );
  }
  requireBaseAddress('--functions-url', functionsUrl);
  const trimmed = functionsUrl.replace(/\/+$/, '');
  const apiUrl = trimmed.endsWith(FUNCTIONS_PATH)
    ? trimmed.slice(0, -FUNCTIONS_PATH.length)
    : new URL(trimmed).origin;
  return {
    kind: 'self-hosted',
    name: `the self-hosted project at ${apiUrl}`,
    apiUrl,
    functionsUrl: trimmed,
    database: directDatabase(dbUrl),
    management: null,
    secretKey: () => readKey('SUPABASE_SECRET_KEY', 'its secret or service-role key', env),
    publishableKey: () => readKey('SUPABASE_PUBLISHABLE_KEY', 'its publishable or anon key', env),
  };
}

function readKey(name: string, what: string, env: NodeJS.ProcessEnv): Promise<string> {
  const key = readVariable(name, env);
  if (key !== null) return Promise.resolve(key);
  return Promise.reject(
    new SetupProblem(`a self-hosted project needs ${name} in the environment: ${what}`),
  );
}

async function openLocal(): Promise<Target> {
  const stack = await readLocalStack(
    ', or pass --project-ref <ref>, or --db-url and --functions-url',
  );
  return {
    kind: 'local',
    name: 'the local stack',
    apiUrl: stack('API_URL'),
    functionsUrl: stack('FUNCTIONS_URL'),
    database: directDatabase(stack('DB_URL')),
    management: null,
    secretKey: () => Promise.resolve(stack('SECRET_KEY')),
    publishableKey: () => Promise.resolve(stack('PUBLISHABLE_KEY')),
  };
}
