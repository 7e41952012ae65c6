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

/** Starts the watchdog for the first guarded process; it does not keep this process alive. */
function watchdogPipe(): Writable {
  if (pipe) return pipe;
  const watchdog = spawn(process.execPath, [WATCHDOG], {
    cwd: '/',
    detached: true,
    env: {},
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  // Without a watchdog, only the protection against kill -9 is missing.
  watchdog.on('error', () => {});
  watchdog.stdin.on('error', () => {});
  watchdog.unref();
  (watchdog.stdin as Socket).unref();
  pipe = watchdog.stdin;
  return pipe;
}

function send(message: GuardMessage): void {
  watchdogPipe().write(`${JSON.stringify(message)}\n`);
}

/** Has the watchdog end a process with `signal` if this process dies first. */
export function guard(pid: number, signal: NodeJS.Signals): void {
  send({ end: pid, signal });
}

/** Forgets a process that has ended, since its id may be reused. */
export function unguard(pid: number): void {
  send({ forget: pid });
}

/** Has the watchdog delete a folder after this process and the guarded ones have ended. */
export function guardFolder(path: string): void {
  send({ remove: path });
}
