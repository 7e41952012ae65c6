import { join } from 'node:path';
import { type FunctionRoute, startGateway } from '../../local/gateway/server.ts';
import { databaseUrl } from '../../local/postgres/logins.ts';
import { startPostgrest } from '../../local/postgrest/server.ts';
import { generateKeys, signUserToken, type StackKeys } from '../../local/stack/keys.ts';
import { type AuthService, startAuth } from '../../local/stand-ins/auth/service.ts';
import { clusterInfo } from './cluster.ts';
import type { TestDatabase } from './database.ts';

/** The Data API and the functions' gateway over one test database. */
export interface TestApi {
  /** The gateway, as API_URL of a project. */
  url: string;
  database: TestDatabase;
  keys: StackKeys;
  publishableKey: string;
  secretKey: string;
  anonKey: string;
  serviceRoleKey: string;
  jwtSecret: string;
  /** The access token of a signed-in user. */
  userToken(userId: string): Promise<string>;
  /** How many requests went through the gateway to PostgREST. */
  restRequests(): number;
  /** Routes `/functions/v1/<name>` to a server, without a key as with verify_jwt = false. */
  addFunction(name: string, url: string): void;
  stop(): Promise<void>;
}

/** What is started besides the Data API. */
export interface TestApiOptions {
  /** Whether users can sign in. */
  auth?: boolean;
}

/** Starts PostgREST on the database and a gateway in front of it, on free ports. */
export async function startApi(
  database: TestDatabase,
  options: TestApiOptions = {},
): Promise<TestApi> {
  const { dir, port } = clusterInfo();
  const keys = await generateKeys();
  const postgrest = await startPostgrest({
    databaseUrl: databaseUrl(port, 'authenticator', database.name),
    jwtSecret: keys.jwtSecret,
    logFile: join(dir, `postgrest-${database.name}.log`),
  });
  const functions = new Map<string, FunctionRoute>();
  let auth: AuthService | null = null;
  const rest = () => Promise.resolve(postgrest.url);
  const gateway = await startGateway({
    port: 0,
    keys,
    rest,
    auth: () => auth,
    functions: () => functions,
  });
  if (options.auth) {
    const { adminUrl: databaseUrl } = database;
    auth = await startAuth({ databaseUrl, jwtSecret: keys.jwtSecret, apiUrl: gateway.url });
  }
  return {
    ...keys,
    url: gateway.url,
    database,
    keys,
    userToken: (userId) => signUserToken(keys.jwtSecret, userId),
    restRequests: gateway.restRequests,
    addFunction: (name, url) => {
      functions.set(name, { upstream: () => Promise.resolve(url), verifyJwt: false });
    },
    stop: async () => {
      await gateway.stop();
      await auth?.stop();
      await postgrest.process.stop();
    },
  };
}
