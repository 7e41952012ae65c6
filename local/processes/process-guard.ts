import { spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import type { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';

/** A message to the watchdog. */
export type GuardMessage =
  | { end: number; signal: NodeJS.Signals }
  | { forget: number }
  | { remove: string };

const WATCHDOG = fileURLToPath(new URL('watchdog.ts', import.meta.url));

let pipe: Writable | null = null;

/** Starts the watchdog with the first process that needs one; it never keeps this process alive. */
function watchdogPipe(): Writable {
  if (pipe) return pipe;
  const watchdog = spawn(process.execPath, [WATCHDOG], {
    cwd: '/',
    detached: true,
    env: {},
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  // Without the watchdog, only the protection against kill -9 is lost.
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

/** The watchdog ends the process with `signal` if this process dies without stopping it. */
export function guard(pid: number, signal: NodeJS.Signals): void {
  tell({ end: pid, signal });
}

/** Forgets a process that has ended, since its id may be given to another. */
export function unguard(pid: number): void {
  tell({ forget: pid });
}

/** The watchdog deletes the folder once this process and those it guards are gone. */
export function guardFolder(path: string): void {
  tell({ remove: path });
}
