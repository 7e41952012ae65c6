import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CommandResult, runCommand } from '../../../local/processes/run-command.ts';
import { projectRoot } from '../../../local/setup/paths.ts';
import { type StackStatus, stackStatus, writeStackEnv } from '../../../local/stack/stack-status.ts';
import type { TestApi } from '../../support/api.ts';

/** A state directory with which commands use the API of a test as the local stack. */
export interface CommandDir {
  dir: string;
  status: StackStatus;
  remove(): Promise<void>;
}

/** Creates one, as `npm start` would leave it. */
export async function createCommandDir(api: TestApi): Promise<CommandDir> {
  const dir = await mkdtemp(join(tmpdir(), 'barkbook-commands-'));
  const status = stackStatus(api.url, api.database.url, api.keys, api.keys.webhookSecret, '');
  await writeStackEnv(join(dir, 'stack.env'), status);
  return { dir, status, remove: () => rm(dir, { recursive: true, force: true }) };
}

/** Runs a command of cli/ in its own process, with the local stack of `localDir`. */
export async function runCli(
  command: string,
  args: string[],
  localDir: string,
  env: Record<string, string> = {},
): Promise<CommandResult> {
  const program = join(projectRoot, 'cli', command, 'main.ts');
  return await runCommand([process.execPath, program, ...args], {
    env: { PATH: process.env.PATH, NO_COLOR: '1', BARKBOOK_LOCAL_DIR: localDir, ...env },
  });
}
