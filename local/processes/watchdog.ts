/**
 * Ends the stack's processes after their parent has died, for whatever reason.
 *
 * Started by process-guard.ts, which keeps this program's stdin open and writes one JSON message
 * a line. The pipe closes with the parent, even on `kill -9`.
 */
import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { GuardMessage } from './process-guard.ts';

const GRACE_MS = 5_000;
const POLL_MS = 50;

const processes = new Map<number, NodeJS.Signals>();
const folders = new Set<string>();

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});

function note(message: GuardMessage): void {
  if ('end' in message) processes.set(message.end, message.signal);
  else if ('forget' in message) processes.delete(message.forget);
  else folders.add(message.remove);
}

function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

for await (const line of createInterface({ input: process.stdin })) note(JSON.parse(line));

for (const [pid, signal] of processes) send(pid, signal);
const deadline = Date.now() + GRACE_MS;
while (Date.now() < deadline && [...processes.keys()].some((pid) => send(pid, 0))) {
  await sleep(POLL_MS);
}
for (const pid of processes.keys()) send(pid, 'SIGKILL');
for (const folder of folders) await rm(folder, { recursive: true, force: true });
