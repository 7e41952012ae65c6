import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort, LOOPBACK } from '../../../local/setup/ports.ts';
import { createWorkingCopy } from '../../support/working-copy.ts';

/** The running stack, read from its stack.env. */
export interface BrowserStack {
  apiUrl: string;
  publishableKey: string;
  dashboardUrl: string;
  databaseUrl: string;
  webhookUrl: string;
  webhookSecret: string;
  /** Where the functions expect Cal.com's API: nothing listens there until a test does. */
  calcomPort: number;
  /** The folder of the built page. */
  dashboardDir: string;
}

const STACK_ENV = 'BARKBOOK_BROWSER_STACK';
const PATIENCE_MS = 60_000;
const READY = /Ready in [\d.]+ s/;

/** The stack that all browser tests of a run share. */
export function browserStack(): BrowserStack {
  const stack = process.env[STACK_ENV];
  if (!stack) throw new Error('no stack: it is started by support/global-setup.ts');
  return JSON.parse(stack);
}

/** Starts `npm start` on a copy of the checkout and announces it in the environment. */
export async function startBrowserStack(): Promise<() => Promise<void>> {
  const copy = await createWorkingCopy();
  const calcomPort = await freePort();
  await writeFile(
    join(copy.dir, 'supabase', 'functions', '.env'),
    `CALCOM_API_URL=http://${LOOPBACK}:${calcomPort}/v2\n`,
  );
  const program = copy.run('start', '--port', String(await freePort()));
  const stop = async () => {
    program.signal('SIGTERM');
    await program.exitCode;
    await copy.remove();
  };
  try {
    await program.printed(READY, PATIENCE_MS);
    process.env[STACK_ENV] = JSON.stringify({
      ...describe(copy.dir, await copy.stackEnv()),
      calcomPort,
    });
  } catch (failure) {
    await stop();
    throw failure;
  }
  return stop;
}

function describe(dir: string, env: NodeJS.Dict<string>): Omit<BrowserStack, 'calcomPort'> {
  const {
    API_URL: apiUrl = '',
    PUBLISHABLE_KEY: publishableKey = '',
    DASHBOARD_URL: dashboardUrl = '',
    DB_URL: databaseUrl = '',
    FUNCTIONS_URL: functionsUrl = '',
    CALCOM_WEBHOOK_SECRET: webhookSecret = '',
  } = env;
  return {
    apiUrl,
    publishableKey,
    dashboardUrl,
    databaseUrl,
    webhookUrl: `${functionsUrl}/calcom-webhook`,
    webhookSecret,
    dashboardDir: `${dir}/.local/dashboard`,
  };
}
