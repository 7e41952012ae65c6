import { chown, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { startProcess } from '../processes/managed-process.ts';
import { PASSWORD, SUPERUSER } from './logins.ts';
import type { ServerAccount } from './server-account.ts';
import { serverEnv, startProblem } from './server-log.ts';

/** How to create a data directory. */
export interface DataDirectoryOptions {
  dataDir: string;
  logFile: string;
  /** Another installation's `bin` folder. */
  binDir?: string;
  /** Server settings on top of ours. */
  settings?: Record<string, string>;
}

/**
 * Creates the data directory under another name and renames it when complete, so that an
 * interrupted first start never leaves half of one behind.
 */
export async function createDataDirectory(
  binDir: string,
  options: DataDirectoryOptions,
  account: ServerAccount,
): Promise<void> {
  const unfinished = `${options.dataDir}.new`;
  const passwordFile = join(dirname(unfinished), 'initdb-password');
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { mode: 0o700, recursive: true });
  await writeFile(passwordFile, PASSWORD, { mode: 0o600 });
  if (account.owner) {
    const { uid, gid } = account.owner;
    await chown(unfinished, uid, gid);
    await chown(passwordFile, uid, gid);
  }
  const initdb = await startProcess({
    command: [
      ...[...account.prefix, join(binDir, 'initdb')],
      ...['-D', unfinished, '-U', SUPERUSER, '--auth=scram-sha-256', `--pwfile=${passwordFile}`],
      ...localeFlags(options),
      ...(options.settings?.fsync === 'off' ? ['--no-sync'] : []),
    ],
    env: serverEnv(),
    cwd: dirname(options.dataDir),
    output: { file: options.logFile },
  });
  const outcome = await initdb.exited;
  await rm(passwordFile);
  if (outcome !== 'exit code 0') throw await startProblem('initdb', options.logFile);
  await rename(unfinished, options.dataDir);
}

/** The same Unicode case rules on every platform; Postgres 17 introduced the built-in provider. */
function localeFlags(options: DataDirectoryOptions): string[] {
  return options.binDir
    ? ['--encoding=UTF8', '--locale=C.UTF-8']
    : ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
}
