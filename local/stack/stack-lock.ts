import { readFile, rm, writeFile } from 'node:fs/promises';
import { SetupProblem } from '../setup/setup-problem.ts';

/** The process that runs the stack of a state directory. */
export interface LockHolder {
  pid: number;
  apiUrl: string;
}

/** The process that runs the stack, or null. A lock left by a crash does not count. */
async function lockHolder(lockFile: string): Promise<LockHolder | null> {
  const text = await readFile(lockFile, 'utf8').catch(() => null);
  if (text === null) return null;
  const holder: LockHolder = JSON.parse(text);
  return await isStack(holder.pid) ? holder : null;
}

/** Throws a SetupProblem if the stack of this state directory is running. */
export async function refuseIfRunning(lockFile: string, advice: string): Promise<void> {
  const holder = await lockHolder(lockFile);
  if (!holder) return;
  throw new SetupProblem(
    `already running on ${holder.apiUrl} (process ${holder.pid}): stop it first${advice}`,
  );
}

/** Takes the lock for this process and returns the function that releases it. */
export async function takeLock(lockFile: string, apiUrl: string): Promise<() => Promise<void>> {
  const holder: LockHolder = { pid: process.pid, apiUrl };
  // After refuseIfRunning, only a crashed process can have left a lock. `wx` detects two starts at
  // the same time.
  await rm(lockFile, { force: true });
  await writeFile(lockFile, JSON.stringify(holder), { flag: 'wx' });
  return () => rm(lockFile, { force: true });
}

/** Process ids are reused, so the command line is checked too, if /proc has it. */
async function isStack(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (failure) {
    return failure instanceof Error && 'code' in failure && failure.code === 'EPERM';
  }
  const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => null);
  return commandLine === null || commandLine.includes('start.ts');
}
