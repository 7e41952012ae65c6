import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Socket } from 'node:net';
import type { Writable } from 'node:stream';
import { projectRoot } from './paths.ts';

/** What the watchdog is told. */
export type GuardMessage =
  | { end: number; signal: NodeJS.Signals }
  | { forget: number }
  | { remove: string };

let pipe: Writable | null = null;

/** Starts the watchdog with the first process that needs one; it never keeps this process alive. */
function watchdogPipe(): Writable {
  if (pipe) return pipe;
  const watchdog = spawn(process.execPath, [join(projectRoot, 'local', 'watchdog.ts')], {
    cwd: '/',
    detached: true,
    env: {},
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  // A failed start or a killed watchdog only loses the protection against kill -9.
  watchdog.on('error', () => {});
  watchdog.stdin.on('error', () => {});
  watchdog.unref();
  (watchdog.stdin as Socket).unref();
  pipe = watchdog.stdin;
  return pipe;
}

function tell(message: GuardMessage): void {
  watchdogPipe().write(`${JSON.stringify(message)}\n`);
}

/** Has the process ended with `signal` should this process die without stopping it. */
export function guard(pid: number, signal: NodeJS.Signals): void {
  tell({ end: pid, signal });
}

/** Forgets a process that has ended, since its id may be given to another. */
export function unguard(pid: number): void {
  tell({ forget: pid });
}

/** Has a scratch folder deleted once this process and those it guards are gone. */
export function guardFolder(path: string): void {
  tell({ remove: path });
}
