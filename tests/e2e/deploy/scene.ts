import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { text } from 'node:stream/consumers';
import { join } from 'node:path';
import { projectRoot } from '../../../local/setup/paths.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import {
  type CalcomWebhookServer,
  startCalcomWebhookServer,
} from '../../support/calcom-webhook-server.ts';
import { type CalcomServer, startCalcomServer } from '../../support/calcom/server.ts';
import { createTown, LAST_MOMENT_MS, type Town } from '../../support/calcom/town.ts';
import type { TestDatabase } from '../../support/database.ts';
import { startFunction, type TestFunction } from '../../support/functions.ts';
import { type LoopbackServer, startLoopbackServer } from '../../support/loopback-server.ts';
import {
  type ManagementApi,
  PROJECT_REF,
  startManagementApi,
} from '../../support/management-api/server.ts';

/** The SMSAPI token that its stand-in accepts. */
export const SMSAPI_TOKEN = 'smsapi-token-of-the-test';

/** A hosted project, Cal.com and SMSAPI, as the command that deploys sees them. */
export type Scene = {
  database: TestDatabase;
  api: TestApi;
  management: ManagementApi;
  webhooks: CalcomWebhookServer;
  town: Town;
  /** Runs the command to its end, or kills it as soon as its output contains `killAfter`. */
  deploy(args: string[], options?: DeployOptions): Promise<Deployed>;
  stop(): Promise<void>;
};

/** The environment, and after which output to kill the command. */
export type DeployOptions = { env?: Record<string, string>; killAfter?: string };

/** How a deployment ended; the code is null when it was killed. */
export type Deployed = { code: number | null; output: string };

/** Starts everything in front of this database, which the scene drops in the end. */
export async function startScene(database: TestDatabase): Promise<Scene> {
  const dir = await mkdtemp(join(tmpdir(), 'barkbook-deploy-test-'));
  const api = await startApi(database, { auth: true });
  const calcom = await startCalcom();
  const sync = await startFunction('calcom-sync', api, { CALCOM_API_URL: calcom.url });
  const smsapi = await startSmsapiAccount();
  const management = await startManagementApi({
    dir,
    databaseUrl: database.url,
    apiUrl: api.url,
    apiKeys: [
      { name: 'default', type: 'publishable', api_key: api.publishableKey },
      { name: 'default', type: 'secret', api_key: api.secretKey },
    ],
  });
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: dir,
    ...management.env,
    CALCOM_API_URL: calcom.url,
    SMSAPI_BASE_URL: smsapi.url,
  };
  return {
    database,
    api,
    management,
    webhooks: calcom.webhooks,
    town: calcom.town,
    deploy: (args, options = {}) =>
      runDeploy(
        ['--project-ref', PROJECT_REF, '--dashboard-dir', join(dir, 'dashboard'), ...args],
        {
          ...options,
          env: { ...env, ...options.env },
        },
      ),
    stop: async () => {
      await stopAll(management, smsapi, sync, calcom, api);
      await database.drop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

async function stopAll(...parts: (Pick<TestApi, 'stop'> | TestFunction)[]): Promise<void> {
  for (const part of parts) await part.stop();
}

/** One account of Cal.com: its webhooks, and its bookings. */
async function startCalcom() {
  const webhooks = await startCalcomWebhookServer('psi-styl');
  const town = createTown(1, 'psi-styl');
  town.account.apiKey = webhooks.apiKey;
  const bookings: CalcomServer = await startCalcomServer([town.account], {
    now: () => LAST_MOMENT_MS,
  });
  const front = await startLoopbackServer(async (request, response) => {
    const upstream = request.url?.startsWith('/bookings') ? bookings.url : webhooks.url;
    const { method = 'GET', headers } = request;
    const answer = await fetch(upstream + request.url, {
      method,
      headers: {
        'authorization': headers.authorization ?? '',
        'cal-api-version': String(headers['cal-api-version'] ?? ''),
      },
      ...(method === 'GET' ? {} : { body: await text(request) }),
    });
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  return {
    url: front.url,
    webhooks,
    town,
    stop: async () => {
      await front.stop();
      await bookings.stop();
      await webhooks.stop();
    },
  };
}

/** The account of SMSAPI, which nothing is sent through here. */
async function startSmsapiAccount(): Promise<LoopbackServer> {
  return await startLoopbackServer((request, response) => {
    const isKnown = request.headers.authorization === `Bearer ${SMSAPI_TOKEN}`;
    response.writeHead(isKnown ? 200 : 401, { 'content-type': 'application/json' });
    response.end(JSON.stringify(isKnown ? { name: 'salon', points: 100 } : { error: 101 }));
  });
}

/** Runs the command in a process of its own. */
async function runDeploy(
  args: string[],
  { env = {}, killAfter }: DeployOptions,
): Promise<Deployed> {
  const program = join(projectRoot, 'cli', 'deploy', 'main.ts');
  const child = spawn(process.execPath, [program, ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const read = (text: string) => {
    output += text;
    if (killAfter !== undefined && output.includes(killAfter)) child.kill('SIGKILL');
  };
  child.stdout.setEncoding('utf8').on('data', read);
  child.stderr.setEncoding('utf8').on('data', read);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, output };
}
